package pointsman.usage;

/// The tokens of one answer.
///
/// @param input tokens of the prompt, cached ones included
/// @param cachedInput those of them that the upstream took from its prompt cache
/// @param cacheWritten those of them that the upstream put into its prompt cache, and charges for it
/// @param hourWritten those of the written that it keeps for an hour instead of minutes, at a price of
///     their own
/// @param output tokens of the answer, reasoning included
/// @param reasoning those of them that were thought and not said, as far as the upstream tells
/// @param estimated true if the upstream told nothing usable and the counts are ours, from lengths
public record TokenUsage(
        long input,
        long cachedInput,
        long cacheWritten,
        long hourWritten,
        long output,
        long reasoning,
        boolean estimated) {
    private static final long ABSURD = 100_000_000;
    private static final int CHARACTERS_PER_TOKEN = 4;

    /// The usage of a prompt of which the cache keeps nothing for an hour.
    public TokenUsage(long input, long cachedInput, long cacheWritten, long output, long reasoning, boolean estimated) {
        this(input, cachedInput, cacheWritten, 0, output, reasoning, estimated);
    }

    /// Whether an upstream can have meant these numbers. Negative and giant ones are not booked.
    public boolean isPlausible() {
        return input >= 0
                && cachedInput >= 0
                && cacheWritten >= 0
                && hourWritten >= 0
                && hourWritten <= cacheWritten
                && cachedInput + cacheWritten <= input
                && reasoning >= 0
                && reasoning <= output
                && cachedInput < ABSURD
                && cacheWritten < ABSURD
                && input < ABSURD
                && output < ABSURD;
    }

    /// Both together.
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                input + other.input,
                cachedInput + other.cachedInput,
                cacheWritten + other.cacheWritten,
                hourWritten + other.hourWritten,
                output + other.output,
                reasoning + other.reasoning,
                estimated || other.estimated);
    }

    /// The prompt's part of it.
    public TokenUsage ofPrompt() {
        return new TokenUsage(input, cachedInput, cacheWritten, hourWritten, 0, 0, estimated);
    }

    /// What a request costs that no upstream has read.
    public static TokenUsage none() {
        return new TokenUsage(0, 0, 0, 0, 0, false);
    }

    /// An estimate from lengths, at four characters a token.
    public static TokenUsage estimate(long inputCharacters, long outputCharacters) {
        return new TokenUsage(tokens(inputCharacters), 0, 0, tokens(outputCharacters), 0, true);
    }

    private static long tokens(long characters) {
        return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    }
}
