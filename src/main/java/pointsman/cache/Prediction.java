package pointsman.cache;

/// What a provider will report for a plan if every row can hit the rows before it.
///
/// @param prompts the number of prompts
/// @param tokens all input tokens, the instruction of every prompt included
/// @param hits those of them that are read from the cache
/// @param written those of them that are written to it; the others are neither
public record Prediction(int prompts, long tokens, long hits, long written) {
    /// The share of the input that is read from the cache, from 0 to 1.
    public double rate() {
        return tokens == 0 ? 0 : (double) hits / tokens;
    }
}
