package pointsman.job;

/// What a job has done so far, from what is stored.
///
/// @param answered items with a good answer
/// @param failed items with an error
/// @param questions requests that were answered, well or badly
/// @param tokens of these
/// @param cost of these
public record JobProgress(int answered, int failed, int questions, Tokens tokens, Cost cost) {
    public static final JobProgress NONE = new JobProgress(0, 0, 0, new Tokens(0, 0, 0, 0), Cost.NOTHING);

    /// Tokens that were used.
    ///
    /// @param input of prompts
    /// @param cached those of them that upstreams took from their prompt caches
    /// @param output of answers
    /// @param reasoning those of them that were thought and not said
    public record Tokens(long input, long cached, long output, long reasoning) {}

    public int done() {
        return answered + failed;
    }
}
