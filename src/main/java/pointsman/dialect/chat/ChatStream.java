package pointsman.dialect.chat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.ClientBytes;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.SseEvent;
import pointsman.usage.TokenUsage;
import tools.jackson.core.JacksonException;

/// A stream of OpenAI's chat completions that passes as it is. Only an event that does nothing but bring usage
/// which the client did not ask for stays here.
public final class ChatStream extends AnswerStream {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final boolean hideUsage;
    private final UsageReader usage = new UsageReader();
    private final CompletionScan scan = new CompletionScan(usage);
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
    protected boolean pass(SseEvent event, ClientBytes out) {
        var facts = event.isOneLine()
                ? scan.of(event.bytes(), event.dataFrom(), event.dataTo())
                : Optional.<CompletionFacts>empty();
        return facts.isPresent() ? pass(facts.get(), event, out) : parse(event, out);
    }

    private boolean parse(SseEvent event, ClientBytes out) {
        var data = event.data();
        if (data.equals("[DONE]")) {
            out.pass(event);
            return true;
        }
        try {
            return pass(CompletionFacts.read(data, usage), event, out);
        } catch (JacksonException _) {
            throw invalid("an event of %d characters that is not JSON".formatted(data.length()));
        }
    }

    /// Notes what an event states, and passes it unless it only brings usage that the client did not ask for.
    private boolean pass(CompletionFacts facts, SseEvent event, ClientBytes out) {
        if (facts.isError()) {
            throw broken("it reported an error");
        }
        choices = Math.max(choices, facts.choices());
        finished.addAll(facts.finished());
        characters += facts.characters();
        if (!hideUsage || !facts.statesUsage() || facts.hasChoices()) {
            out.pass(event);
        }
        return false;
    }

    @Override
    protected void passComment(SseEvent event, ClientBytes out) {
        out.pass(event);
    }

    @Override
    protected void close(ClientBytes out) {
        if (finished.isEmpty() || finished.size() < choices) {
            throw broken("it ended without a finish reason");
        }
        out.writer().writeBytes(DONE);
    }
}
