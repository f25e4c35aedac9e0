package pointsman.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import pointsman.usage.TokenUsage;
import tools.jackson.core.JacksonException;

/// A stream of OpenAI's chat completions that passes as it is. Only an event that does nothing but bring usage
/// which the client did not ask for stays here.
final class ChatStream extends AnswerStream {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final boolean hideUsage;
    private Optional<TokenUsage> usage = Optional.empty();
    private int choices;
    private int finished;
    private int characters;

    ChatStream(String upstream, boolean hideUsage, int maxEventBytes) {
        super(upstream, maxEventBytes);
        this.hideUsage = hideUsage;
    }

    @Override
    public Optional<TokenUsage> usage() {
        return usage;
    }

    @Override
    public int characters() {
        return characters;
    }

    @Override
    boolean pass(byte[] event, String data, ByteArrayOutputStream out) {
        var isDone = data.equals("[DONE]");
        if (isDone || !note(facts(data))) {
            out.writeBytes(event);
        }
        return isDone;
    }

    @Override
    void passComment(byte[] event, ByteArrayOutputStream out) {
        out.writeBytes(event);
    }

    @Override
    void close(ByteArrayOutputStream out) {
        if (finished == 0 || finished < choices) {
            throw broken("it ended without a finish reason");
        }
        out.writeBytes(DONE);
    }

    private AnswerFacts facts(String data) {
        try {
            return AnswerFacts.read(data);
        } catch (JacksonException _) {
            throw invalid("an event of %d characters that is not JSON".formatted(data.length()));
        }
    }

    /// Notes what an event states, and says whether it only brings usage that the client did not ask for.
    private boolean note(AnswerFacts facts) {
        if (facts.isError()) {
            throw broken("it reported an error");
        }
        choices = Math.max(choices, facts.choices());
        finished += facts.finished();
        characters += facts.characters();
        usage = facts.usage().or(() -> usage);
        return hideUsage && facts.usage().isPresent() && !facts.hasChoices();
    }
}
