package pointsman.dialect.chat;

import java.util.Optional;
import java.util.function.Consumer;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Finished;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.dialect.answer.AnswerReader;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads chat completions, OpenAI's and llama.cpp's.
public final class ChatAnswerReader implements AnswerReader {
    private static final String ENDING = "[DONE]";

    private final String upstream;
    private final UsageReader usage = new UsageReader();
    private final CallSequence calls = new CallSequence();
    private Optional<Kind> open = Optional.empty();
    private Optional<Reason> reason = Optional.empty();
    private String id = "";
    private boolean begun;
    private boolean called;

    public ChatAnswerReader(String upstream) {
        this.upstream = upstream;
    }

    @Override
    public Optional<TokenUsage> usage() {
        return usage.total();
    }

    @Override
    public void whole(ObjectNode body, Consumer<AnswerEvent> steps) {
        var choice = body.path("choices").path(0);
        // Some leave the message out where a filter has taken it.
        if (!choice.path("message").isObject() && text(choice, "finish_reason").isEmpty()) {
            throw invalid("it has no choices");
        }
        read(body, choice, choice.path("message"), steps);
        if (!end(steps)) {
            throw invalid("it has no finish reason");
        }
    }

    @Override
    public boolean event(String data, Consumer<AnswerEvent> steps) {
        if (data.equals(ENDING)) {
            return end(steps) || fail();
        }
        var chunk = Json.object(data)
                .orElseThrow(
                        () -> invalid("an event of %d characters that is no JSON object".formatted(data.length())));
        if (chunk.hasNonNull("error")) {
            throw new Failure.StreamBroken(upstream, "it reported an error").asException();
        }
        var choice = chunk.path("choices").path(0);
        read(chunk, choice, choice.path("delta"), steps);
        return false;
    }

    @Override
    public boolean end(Consumer<AnswerEvent> steps) {
        if (reason.isEmpty() || !begun) {
            return false;
        }
        close(steps);
        finishCalls(steps);
        // Some say `stop` where tools are to be called, OpenAI itself where the call was demanded.
        var why = switch (reason.get()) {
            case COMPLETE, CALLS -> called ? Reason.CALLS : Reason.COMPLETE;
            case LENGTH, DECLINED -> reason.get();
        };
        steps.accept(new Finished(why, ""));
        return true;
    }

    @Override
    public int held() {
        return calls.held();
    }

    private void read(ObjectNode body, JsonNode choice, JsonNode said, Consumer<AnswerEvent> steps) {
        usage.read(body.path("usage"));
        if (!begun && (choice.isObject() || body.hasNonNull("id"))) {
            begun = true;
            var first = AnswerEvent.Begun.of(text(body, "id"), text(body, "model"));
            id = first.id();
            steps.accept(first);
        }
        say(new Kind.Thinking(), text(said, "reasoning_content"), steps);
        if (!said.hasNonNull("reasoning_content")) {
            say(new Kind.Thinking(), text(said, "reasoning"), steps);
        }
        if (said.path("content").isArray()) {
            said.path("content").forEach(part -> readPart(part, steps));
        } else {
            say(new Kind.Text(), text(said, "content"), steps);
        }
        say(new Kind.Refusal(), text(said, "refusal"), steps);
        for (var call : said.path("tool_calls")) {
            call(call, steps);
        }
        var finish = text(choice, "finish_reason");
        if (!finish.isEmpty()) {
            reason = Optional.of(reason(finish));
        }
    }

    /// Some answer with a list of parts. Those that are neither words nor thoughts are beside the answer.
    private void readPart(JsonNode part, Consumer<AnswerEvent> steps) {
        if (part.path("thinking").isArray()) {
            part.path("thinking").forEach(thought -> say(new Kind.Thinking(), text(thought, "text"), steps));
        } else {
            say(new Kind.Thinking(), text(part, "thinking"), steps);
            say(new Kind.Text(), text(part, "text"), steps);
        }
    }

    private void say(Kind kind, String text, Consumer<AnswerEvent> steps) {
        if (text.isEmpty()) {
            return;
        }
        if (!open.equals(Optional.of(kind))) {
            close(steps);
            finishCalls(steps);
            open = Optional.of(kind);
            steps.accept(new Opened(kind));
        }
        steps.accept(new Delta(text));
    }

    private void call(JsonNode call, Consumer<AnswerEvent> steps) {
        close(steps);
        calls.take(call, id, noted(steps));
    }

    /// A call without a name, which models write at times, can be made by nobody: it is none.
    private void finishCalls(Consumer<AnswerEvent> steps) {
        calls.finish(noted(steps));
    }

    private Consumer<AnswerEvent> noted(Consumer<AnswerEvent> steps) {
        return step -> {
            called |= step instanceof Opened;
            steps.accept(step);
        };
    }

    private void close(Consumer<AnswerEvent> steps) {
        if (open.isPresent()) {
            open = Optional.empty();
            steps.accept(new Closed());
        }
    }

    /// A reason that nobody here knows ends the answer all the same: all of it is there.
    private static Reason reason(String finish) {
        return switch (finish) {
            case "length", "max_tokens", "model_length" -> Reason.LENGTH;
            case "tool_calls", "function_call" -> Reason.CALLS;
            case "content_filter", "refusal" -> Reason.DECLINED;
            default -> Reason.COMPLETE;
        };
    }

    private boolean fail() {
        throw new Failure.StreamBroken(upstream, "it ended without a finish reason").asException();
    }

    private FailureException invalid(String what) {
        return new Failure.UpstreamInvalidAnswer(upstream, what).asException();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
