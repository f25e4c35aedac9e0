package pointsman.table;

/// How long a search may go on: a number of steps, and a moment at which it ends in any case.
///
/// @param steps the most steps
/// @param deadline the moment, by [System#nanoTime]
record Budget(long steps, long deadline) {
    boolean isSpent(long stepsTaken) {
        return stepsTaken >= steps || System.nanoTime() - deadline >= 0;
    }
}
