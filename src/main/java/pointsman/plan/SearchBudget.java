package pointsman.plan;

/// How long a search may go on: a number of steps, and a moment at which it ends in any case.
///
/// @param steps the most steps
/// @param deadline the moment, by [System#nanoTime]
record SearchBudget(long steps, long deadline) {
    boolean isSpent(long stepsTaken) {
        return stepsTaken >= steps || System.nanoTime() - deadline >= 0;
    }

    /// The nanoseconds that are left.
    long nanos() {
        return Math.max(0, deadline - System.nanoTime());
    }

    /// A part of the steps, and no more than so many nanoseconds from now.
    SearchBudget part(long someSteps, long nanos) {
        return new SearchBudget(Math.min(steps, someSteps), System.nanoTime() + Math.min(nanos(), nanos));
    }
}
