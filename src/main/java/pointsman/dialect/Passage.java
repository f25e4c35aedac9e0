package pointsman.dialect;

import java.util.List;
import java.util.stream.Stream;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.WholeAnswer;
import pointsman.dialect.continuation.Rest;
import pointsman.dialect.conversation.ToolNames;

/// The way of one request to one upstream, and of the answer back to the client. Where both speak the same
/// dialect the bytes pass as they are; where they do not, both ways are translated. It is opened once for a
/// request and a model, and can be gone as often as that is tried: it remembers nothing.
public sealed interface Passage
        permits StraightPassage, NumbersPassage, CompactedPassage, TranslatedPassage, AmendedPassage, JoinedPassage {
    /// The request in the upstream's dialect.
    byte[] body();

    /// What the upstream is not told of the client's request, for its dialect has no place for it: the
    /// names of fields and parts that only advise. Between equal dialects nothing.
    default List<String> dropped() {
        return List.of();
    }

    /// The same way with another body.
    ///
    /// @param amended the body that is sent
    /// @param further names of what was left out of it
    default Passage sending(byte[] amended, List<String> further) {
        var names =
                Stream.concat(dropped().stream(), further.stream()).distinct().toList();
        return new AmendedPassage(this, amended, names);
    }

    /// What the client calls its tools.
    default ToolNames names() {
        return new ToolNames();
    }

    /// The same way for the rest of an answer that broke off.
    ///
    /// @param upstream its name
    /// @param spoken its dialect
    /// @param asking the body that asks for it
    /// @param isExact whether the model goes on in its own message
    default Passage joining(String upstream, UpstreamDialect spoken, byte[] asking, boolean isExact, Rest rest) {
        return new JoinedPassage(upstream, spoken, asking, isExact, rest, names(), dropped());
    }

    /// Reads a buffered answer to its end, so that one that was cut cannot pass for whole.
    ///
    /// @param answer the body that the upstream sent with a 200
    /// @throws pointsman.failure.FailureException a [pointsman.failure.Failure.UpstreamInvalidAnswer] if it
    ///     is no answer
    WholeAnswer answer(byte[] answer);

    /// Opens a reader for the answer as a stream.
    ///
    /// @param maxEventBytes the longest event that is accepted
    AnswerStream stream(int maxEventBytes);
}
