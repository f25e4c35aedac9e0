package pointsman.usage;

/// The tokens of one answer.
///
/// @param input tokens of the prompt, cached ones included
/// @param cachedInput those of them that the upstream took from its prompt cache
/// @param output tokens of the answer, reasoning included
/// @param estimated true if the upstream told nothing usable and the counts are ours, from lengths
public record TokenUsage(long input, long cachedInput, long output, boolean estimated) {
    private static final long ABSURD = 100_000_000;
    private static final int CHARACTERS_PER_TOKEN = 4;

    /// Whether an upstream can have meant these numbers. Negative and giant ones are not booked.
    public boolean isPlausible() {
        return input >= 0
                && cachedInput >= 0
                && cachedInput <= input
                && output >= 0
                && input < ABSURD
                && output < ABSURD;
    }

    /// An estimate from lengths, at four characters a token.
    public static TokenUsage estimate(long inputCharacters, long outputCharacters) {
        return new TokenUsage(tokens(inputCharacters), 0, tokens(outputCharacters), true);
    }

    private static long tokens(long characters) {
        return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    }
}
