package pointsman.dialect.answer;

import java.util.Optional;
import java.util.function.Consumer;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.node.ObjectNode;

/// Reads what an upstream answers as steps. One reader reads one answer.
public interface AnswerReader {
    /// Reads a buffered answer.
    ///
    /// @throws pointsman.failure.FailureException a [pointsman.failure.Failure.UpstreamInvalidAnswer] if it is
    ///     none
    void whole(ObjectNode body, Consumer<AnswerEvent> steps);

    /// Reads the data of one event of a stream.
    ///
    /// @return whether the answer is whole with it; then its last step was told
    /// @throws pointsman.failure.FailureException a [pointsman.failure.Failure.StreamBroken] if it reports an
    ///     error
    boolean event(String data, Consumer<AnswerEvent> steps);

    /// The upstream closed the stream without its dialect's ending.
    ///
    /// @return whether the answer is whole all the same; then its last step was told
    boolean end(Consumer<AnswerEvent> steps);

    /// Characters that are held back.
    int held();

    /// The tokens that were stated so far.
    Optional<TokenUsage> usage();
}
