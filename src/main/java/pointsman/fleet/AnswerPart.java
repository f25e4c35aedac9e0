package pointsman.fleet;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import pointsman.dialect.answer.Told;
import pointsman.usage.TokenUsage;

/// What a model sends back: one whole answer, or the events of a stream as they come.
public sealed interface AnswerPart extends Part {
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

    /// What the client was told up to and with this part, for whoever goes on with it where nothing more
    /// comes; empty if nobody can.
    Optional<Told> told();

    /// A buffered answer, complete and checked.
    record Whole(byte[] bytes, int characters, Optional<TokenUsage> usage) implements AnswerPart {
        @Override
        public boolean isLast() {
            return true;
        }

        @Override
        public boolean speaks() {
            return true;
        }

        @Override
        public boolean isCalling() {
            return false;
        }

        @Override
        public Optional<Told> told() {
            return Optional.empty();
        }
    }

    /// The next events of a streamed answer, one or more, each complete.
    ///
    /// @param progress what the client was told so far, asked for only when nothing more comes
    record Events(
            byte[] bytes,
            int characters,
            Optional<TokenUsage> usage,
            boolean isLast,
            boolean speaks,
            boolean isCalling,
            Supplier<Optional<Told>> progress)
            implements AnswerPart {
        @Override
        public Optional<Told> told() {
            return progress.get();
        }

        /// The same behind these bytes.
        public Events behind(byte[] first) {
            var joined = Arrays.copyOf(first, first.length + bytes.length);
            System.arraycopy(bytes, 0, joined, first.length, bytes.length);
            return new Events(joined, characters, usage, isLast, speaks, isCalling, progress);
        }
    }
}
