package pointsman.dialect.messages;

import java.util.Optional;
import java.util.function.Consumer;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Finished;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.dialect.answer.AnswerEvent.Signed;
import pointsman.dialect.answer.AnswerReader;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads Anthropic's messages.
public final class MessagesAnswerReader implements AnswerReader {
    private final String upstream;
    private final UsageReader usage = new UsageReader();
    private Optional<Finished> finished = Optional.empty();
    private String explanation = "";
    private boolean begun;
    private boolean open;
    private boolean leftOut;
    private boolean inCall;
    private boolean argued;

    public MessagesAnswerReader(String upstream) {
        this.upstream = upstream;
    }

    @Override
    public Optional<TokenUsage> usage() {
        return usage.total();
    }

    @Override
    public void whole(ObjectNode body, Consumer<AnswerEvent> steps) {
        if (!body.path("content").isArray()) {
            throw invalid("it has no content");
        }
        begin(body, steps);
        for (var block : body.path("content")) {
            open(block, steps);
            if (block.path("type").asString("").equals("tool_use")) {
                argue(Json.text(block.path("input")), steps);
            }
            close(steps);
        }
        stop(body);
        if (!end(steps)) {
            throw invalid("it has no stop reason");
        }
    }

    /// Events that are not known say nothing of the answer: Anthropic adds some from time to time.
    @Override
    public boolean event(String data, Consumer<AnswerEvent> steps) {
        var event = Json.object(data)
                .orElseThrow(
                        () -> invalid("an event of %d characters that is no JSON object".formatted(data.length())));
        switch (event.path("type").asString("")) {
            case "message_start" -> begin(event.path("message"), steps);
            case "content_block_start" -> open(event.path("content_block"), steps);
            case "content_block_delta" -> delta(event.path("delta"), steps);
            case "content_block_stop" -> close(steps);
            case "message_delta" -> {
                usage.read(event.path("usage"));
                stop(event.path("delta"));
            }
            case "message_stop" -> {
                return end(steps) || fail("it ended without a stop reason");
            }
            case "error" -> throw broken("it reported an error");
            default -> {}
        }
        return false;
    }

    @Override
    public boolean end(Consumer<AnswerEvent> steps) {
        finished.filter(_ -> begun).ifPresent(last -> {
            close(steps);
            if (!explanation.isEmpty()) {
                steps.accept(new Opened(new Kind.Refusal()));
                steps.accept(new Delta(explanation));
                steps.accept(new Closed());
            }
            steps.accept(last);
        });
        return begun && finished.isPresent();
    }

    @Override
    public int held() {
        return 0;
    }

    private void begin(JsonNode message, Consumer<AnswerEvent> steps) {
        if (begun) {
            throw invalid("it begins twice");
        }
        begun = true;
        usage.read(message.path("usage"));
        steps.accept(AnswerEvent.Begun.of(text(message, "id"), text(message, "model")));
    }

    /// A block opens with what it has already, which in a stream is nothing as a rule. One that is not
    /// known here, such as those of the tools that Anthropic runs, is left out to its end: the words beside
    /// it are the answer.
    private void open(JsonNode block, Consumer<AnswerEvent> steps) {
        if (!begun || open) {
            throw invalid("a block begins out of order");
        }
        open = true;
        var kind = kind(block);
        leftOut = kind.isEmpty();
        kind.ifPresent(known -> steps.accept(new Opened(known)));
        inCall = kind.filter(Kind.Call.class::isInstance).isPresent();
        argued = false;
        delta(block, steps);
    }

    private static Optional<Kind> kind(JsonNode block) {
        return switch (text(block, "type")) {
            case "text" -> Optional.of(new Kind.Text());
            case "thinking" -> Optional.of(new Kind.Thinking());
            case "redacted_thinking" -> Optional.of(new Kind.Redacted(text(block, "data")));
            case "tool_use" -> Optional.of(new Kind.Call(text(block, "id"), text(block, "name")));
            default -> Optional.empty();
        };
    }

    private void delta(JsonNode delta, Consumer<AnswerEvent> steps) {
        if (!open) {
            throw invalid("a piece of no block");
        }
        if (leftOut) {
            return;
        }
        say(text(delta, "text"), steps);
        say(text(delta, "thinking"), steps);
        argue(text(delta, "partial_json"), steps);
        var signature = text(delta, "signature");
        if (!signature.isEmpty()) {
            steps.accept(new Signed(signature));
        }
    }

    private static void say(String text, Consumer<AnswerEvent> steps) {
        if (!text.isEmpty()) {
            steps.accept(new Delta(text));
        }
    }

    private void argue(String json, Consumer<AnswerEvent> steps) {
        argued |= !json.isBlank();
        say(json, steps);
    }

    private void close(Consumer<AnswerEvent> steps) {
        if (inCall && !argued) {
            steps.accept(new Delta("{}"));
        }
        inCall = false;
        if (open && !leftOut) {
            steps.accept(new Closed());
        }
        open = false;
        leftOut = false;
    }

    private void stop(JsonNode message) {
        var stop = text(message, "stop_reason");
        if (!stop.isEmpty()) {
            finished = Optional.of(new Finished(reason(stop), text(message, "stop_sequence")));
        }
        explanation = message.path("stop_details").path("explanation").asString(explanation);
    }

    /// A reason that nobody here knows, such as a pause for tools that Anthropic runs, ends the answer all
    /// the same.
    private static Reason reason(String stop) {
        return switch (stop) {
            case "max_tokens", "model_context_window_exceeded" -> Reason.LENGTH;
            case "tool_use" -> Reason.CALLS;
            case "refusal" -> Reason.DECLINED;
            default -> Reason.COMPLETE;
        };
    }

    private boolean fail(String what) {
        throw broken(what);
    }

    private FailureException broken(String what) {
        return new Failure.StreamBroken(upstream, what).asException();
    }

    private FailureException invalid(String what) {
        return new Failure.UpstreamInvalidAnswer(upstream, what).asException();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
