package pointsman.dialect;

import java.util.Optional;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.answer.WholeAnswer;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.node.ObjectNode;

/// The way of a request whose answer is numbers and no text: embeddings, or a count of tokens. It is never
/// streamed.
record NumbersPassage(String upstream, Operation operation, byte[] body) implements Passage {
    @Override
    public WholeAnswer answer(byte[] answer) {
        var object = Json.object(answer).orElseThrow(() -> invalid(Json.fault(answer)));
        return new WholeAnswer(
                answer, 0, operation == Operation.EMBEDDINGS ? embeddingUsage(object) : countUsage(object));
    }

    @Override
    public AnswerStream stream(int maxEventBytes) {
        throw new IllegalStateException("%s are not streamed".formatted(operation.label()));
    }

    /// Only the prompt is read, and no upstream states that nothing was said.
    private Optional<TokenUsage> embeddingUsage(ObjectNode answer) {
        if (!answer.path("data").isArray()) {
            throw invalid("it has no data");
        }
        var usage = answer.path("usage").deepCopy();
        if (usage instanceof ObjectNode stated && !stated.has("completion_tokens")) {
            stated.put("completion_tokens", 0);
        }
        var reader = new UsageReader();
        reader.read(usage);
        return reader.total();
    }

    /// To count tokens costs none.
    private Optional<TokenUsage> countUsage(ObjectNode answer) {
        if (!answer.path("input_tokens").isIntegralNumber()) {
            throw invalid("it has no input_tokens");
        }
        return Optional.of(TokenUsage.none());
    }

    private FailureException invalid(String what) {
        return new Failure.UpstreamInvalidAnswer(upstream, what).asException();
    }
}
