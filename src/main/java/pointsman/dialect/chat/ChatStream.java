package pointsman.dialect.chat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.ClientBytes;
import pointsman.dialect.answer.Told;
import pointsman.dialect.answer.Transcript;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.SseEvent;
import pointsman.usage.TokenUsage;
import tools.jackson.core.JacksonException;

/// A stream of OpenAI's chat completions that passes as it is. Only an event that does nothing but bring
/// usage which the client did not ask for stays here.
public final class ChatStream extends AnswerStream {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private static final String TEXT_EVENT = "{\"choices\":[{\"index\":0,\"delta\":{\"%s\":\"%s\"}}]}";

    private final boolean hideUsage;
    private final UsageReader usage = new UsageReader();
    private final CompletionScan scan = new CompletionScan(usage);
    private int choices;
    private final Set<Integer> finished = new HashSet<>();
    private final Transcript transcript = new Transcript();
    private final String upstream;
    private int characters;

    public ChatStream(String upstream, boolean hideUsage, int maxEventBytes) {
        super(upstream, maxEventBytes);
        this.upstream = upstream;
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
        return facts.isPresent() ? pass(facts.get(), scan.plainField(), event, out) : parse(event, out);
    }

    private boolean parse(SseEvent event, ClientBytes out) {
        var data = event.data();
        if (data.equals("[DONE]")) {
            out.pass(event);
            return true;
        }
        try {
            return pass(CompletionFacts.read(data, usage), "", event, out);
        } catch (JacksonException _) {
            throw invalid("an event of %d characters that is not JSON".formatted(data.length()));
        }
    }

    /// Notes what an event states, and passes it unless it only brings usage that the client did not ask for.
    ///
    /// @param field of the only text in it; empty if there is more
    private boolean pass(CompletionFacts facts, String field, SseEvent event, ClientBytes out) {
        if (facts.isError()) {
            throw broken("it reported an error");
        }
        choices = Math.max(choices, facts.choices());
        finished.addAll(facts.finished());
        characters += facts.characters();
        if (facts.saysSomething()) {
            says(facts.calls() || (isCalling() && field.isEmpty()));
        }
        if (field.isEmpty()) {
            transcript.event(event.data());
        } else {
            transcript.text(field, event.bytes(), scan.plainFrom(), scan.plainTo());
        }
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

    /// Of one choice only, and without the probabilities of tokens, which nobody could go on with.
    @Override
    public Optional<Told> told() {
        return choices > 1 ? Optional.empty() : transcript.events(TEXT_EVENT).flatMap(this::told);
    }

    private Optional<Told> told(List<String> events) {
        var answer = new Answer();
        var reader = new ChatAnswerReader(upstream);
        var writer = new ChatAnswerWriter(Instant.now().getEpochSecond(), !hideUsage);
        var nowhere = new ByteArrayOutputStream();
        for (var data : events) {
            if (data.contains("\"logprobs\":{")) {
                return Optional.empty();
            }
            reader.event(data, step -> {
                answer.take(step);
                writer.step(step, answer, nowhere);
                nowhere.reset();
            });
        }
        return Optional.of(new Told(answer, writer));
    }
}
