package pointsman.dialect.chat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.UsageReader;
import pointsman.usage.TokenUsage;
import tools.jackson.core.JacksonException;

/// A stream of OpenAI's chat completions that passes as it is. Only an event that does nothing but bring usage
/// which the client did not ask for stays here.
public final class ChatStream extends AnswerStream {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final boolean hideUsage;
    private final UsageReader usage = new UsageReader();
    private int choices;
    private final Set<Integer> finished = new HashSet<>();
    private int characters;

    public ChatStream(String upstream, boolean hideUsage, int maxEventBytes) {
        super(upstream, maxEventBytes);
        this.hideUsage = hideUsage;
    }

    @Override
    public Optional<TokenUsage> usage() {
        return usage.total();
    }

    @Override
    public int characters() {
        return characters;
    }

    @Override
    public boolean pass(byte[] event, String data, ByteArrayOutputStream out) {
        var isDone = data.equals("[DONE]");
        if (isDone || !note(facts(data))) {
            out.writeBytes(event);
        }
        return isDone;
    }

    @Override
    public void passComment(byte[] event, ByteArrayOutputStream out) {
        out.writeBytes(event);
    }

    @Override
    public void close(ByteArrayOutputStream out) {
        if (finished.isEmpty() || finished.size() < choices) {
            throw broken("it ended without a finish reason");
        }
        out.writeBytes(DONE);
    }

    private CompletionFacts facts(String data) {
        try {
            return CompletionFacts.read(data, usage);
        } catch (JacksonException _) {
            throw invalid("an event of %d characters that is not JSON".formatted(data.length()));
        }
    }

    /// Notes what an event states, and says whether it only brings usage that the client did not ask for.
    private boolean note(CompletionFacts facts) {
        if (facts.isError()) {
            throw broken("it reported an error");
        }
        choices = Math.max(choices, facts.choices());
        finished.addAll(facts.finished());
        characters += facts.characters();
        return hideUsage && facts.statesUsage() && !facts.hasChoices();
    }
}
