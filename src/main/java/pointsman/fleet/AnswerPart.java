package pointsman.fleet;

import java.util.List;
import java.util.Optional;
import pointsman.usage.TokenUsage;

/// What an upstream sends back: one whole answer, or the events of a stream as they come.
public sealed interface AnswerPart {
    /// Bytes for the client.
    byte[] bytes();

    /// Characters of text that were answered up to and with this part, for an estimate.
    int characters();

    /// The tokens that the upstream has stated so far.
    Optional<TokenUsage> usage();

    /// The names of what the upstream was not told of the request, for it has no place for it.
    List<String> dropped();

    /// Whether nothing of the answer is missing with this part.
    boolean isLast();

    /// A buffered answer, complete and checked.
    record Whole(byte[] bytes, int characters, Optional<TokenUsage> usage, List<String> dropped) implements AnswerPart {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /// The next events of a streamed answer, one or more, each complete.
    record Events(byte[] bytes, int characters, Optional<TokenUsage> usage, List<String> dropped, boolean isLast)
            implements AnswerPart {}
}
