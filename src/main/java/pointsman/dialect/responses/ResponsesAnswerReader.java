package pointsman.dialect.responses;

import java.util.Optional;
import java.util.function.Consumer;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Finished;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.dialect.answer.AnswerReader;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads OpenAI's responses.
public final class ResponsesAnswerReader implements AnswerReader {
    private final String upstream;
    private final UsageReader usage = new UsageReader();
    private Consumer<AnswerEvent> steps = _ -> {};
    private final OutputItems items = new OutputItems(this::tell);
    private Optional<Reason> reason = Optional.empty();
    private boolean begun;

    public ResponsesAnswerReader(String upstream) {
        this.upstream = upstream;
    }

    @Override
    public Optional<TokenUsage> usage() {
        return usage.total();
    }

    @Override
    public void whole(ObjectNode body, Consumer<AnswerEvent> next) {
        steps = next;
        ResponseFacts.requireAnswer(upstream, body);
        begin(body);
        finish(body);
    }

    /// Events that are not known say nothing of the answer: OpenAI adds some from time to time.
    @Override
    public boolean event(String data, Consumer<AnswerEvent> next) {
        steps = next;
        var event = Json.object(data)
                .orElseThrow(
                        () -> invalid("an event of %d characters that is no JSON object".formatted(data.length())));
        var index = event.path("output_index").asInt(0);
        switch (text(event, "type")) {
            case "response.created", "response.in_progress", "response.queued" -> begin(event.path("response"));
            case "response.output_item.added" -> items.added(index, event.path("item"));
            case "response.output_item.done" -> items.done(index, event.path("item"));
            case "response.output_text.delta" -> say(new Kind.Text(), "content_index", event);
            case "response.refusal.delta" -> say(new Kind.Refusal(), "content_index", event);
            case "response.reasoning_summary_text.delta" -> say(new Kind.Thinking(), "summary_index", event);
            case "response.reasoning_text.delta" -> say(new Kind.Thinking(), "content_index", event);
            case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
                items.argue(index, text(event, "delta"));
            case "response.completed", "response.incomplete" -> {
                begin(event.path("response"));
                finish(event.path("response"));
                return true;
            }
            default -> {
                if (ResponseEvent.of(event) == ResponseEvent.FAILS) {
                    throw broken("it reported an error");
                }
            }
        }
        return false;
    }

    /// Only its own last event makes a response whole.
    @Override
    public boolean end(Consumer<AnswerEvent> next) {
        return reason.isPresent();
    }

    @Override
    public int held() {
        return items.held();
    }

    private void tell(AnswerEvent step) {
        steps.accept(step);
    }

    private void begin(JsonNode response) {
        if (!begun) {
            begun = true;
            steps.accept(AnswerEvent.Begun.of(text(response, "id"), text(response, "model")));
        }
    }

    private void say(Kind kind, String place, JsonNode event) {
        if (!begun) {
            throw invalid("a piece of no answer");
        }
        items.delta(event.path("output_index").asInt(0), kind, event.path(place).asInt(0), text(event, "delta"));
    }

    private void finish(JsonNode response) {
        usage.read(response.path("usage"));
        items.finish(response.path("output"));
        var why = switch (text(response, "status")) {
            case "incomplete" ->
                text(response.path("incomplete_details"), "reason").equals("content_filter")
                        ? Reason.DECLINED
                        : Reason.LENGTH;
            default -> items.isCalling() ? Reason.CALLS : Reason.COMPLETE;
        };
        reason = Optional.of(why);
        steps.accept(new Finished(why, ""));
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
