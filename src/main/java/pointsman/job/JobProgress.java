package pointsman.job;

/// What a job has done so far, from what is stored.
///
/// @param answered items with a good answer
/// @param failed items with an error
/// @param questions requests that were answered, well or badly
/// @param input tokens of prompts
/// @param cached those of them that upstreams took from their prompt caches
/// @param output tokens of answers
/// @param reasoning those of them that were thought and not said
/// @param costMicros in millionths of a dollar
/// @param inputMicros the prompts' part of that
/// @param largeMicros what the same tokens would have cost on the large tier
public record JobProgress(
        int answered,
        int failed,
        int questions,
        long input,
        long cached,
        long output,
        long reasoning,
        long costMicros,
        long inputMicros,
        long largeMicros) {
    public static final JobProgress NONE = new JobProgress(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public int done() {
        return answered + failed;
    }
}
