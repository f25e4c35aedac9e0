package pointsman.fleet;

import java.util.Optional;
import pointsman.usage.TokenUsage;

/// What a model sends back: one whole answer, or the events of a stream as they come.
public sealed interface AnswerPart {
    /// Bytes for the client.
    byte[] bytes();

    /// Characters of text that were answered up to and with this part, for an estimate.
    int characters();

    /// The tokens that the upstream has stated so far.
    Optional<TokenUsage> usage();

    /// Whether nothing of the answer is missing with this part.
    boolean isLast();

    /// The tokens so far: as the upstream stated them, else as they are estimated.
    ///
    /// @param promptCharacters the length of what was asked
    default TokenUsage usageOf(long promptCharacters) {
        return usage().orElseGet(() -> TokenUsage.estimate(promptCharacters, characters()));
    }

    /// A buffered answer, complete and checked.
    record Whole(byte[] bytes, int characters, Optional<TokenUsage> usage) implements AnswerPart {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /// The next events of a streamed answer, one or more, each complete.
    record Events(byte[] bytes, int characters, Optional<TokenUsage> usage, boolean isLast) implements AnswerPart {}
}
