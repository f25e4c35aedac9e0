package pointsman.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// The bodies of a fake provider: complete, and odd wherever the wire format leaves room for oddness, so that a
/// gateway which parses and prints them anew is found out.
public final class Completions {
    /// Tokens of every answer's usage: the prompt's, those of them that were cached, and the answer's.
    public static final int PROMPT_TOKENS = 12, CACHED_TOKENS = 4, ANSWER_TOKENS = 5;

    /// The text of every plain answer.
    public static final String TEXT = "Grüße, wörld 😀!";

    static final String MODELS =
            "{\"object\":\"list\",\"data\":[{\"id\":\"fake\",\"object\":\"model\",\"created\":1,\"owned_by\":\"fake\"}]}";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PIECE = 8;
    private static final List<String> PIECES = List.of("Grüße", ", w", "örld ", "😀!");
    /// Its JSON, in OpenAI's shape.
    static final String USAGE = "{\"prompt_tokens\": " + PROMPT_TOKENS + ", \"completion_tokens\":" + ANSWER_TOKENS
            + ",\"total_tokens\":" + (PROMPT_TOKENS + ANSWER_TOKENS)
            + ",\"prompt_tokens_details\":{\"cached_tokens\":" + CACHED_TOKENS + ",\"audio_tokens\":0}}";

    private Completions() {}

    /// A buffered answer with [#TEXT] and a usage.
    public static String buffered(String model) {
        return buffered(model, quoted(TEXT));
    }

    /// A buffered answer with this content, a JSON value, and a usage.
    public static String buffered(String model, String quotedContent) {
        return "{ \"id\":\"chatcmpl-fake\",\"object\":\"chat.completion\",\t\"created\":1700000000,\"model\":"
                + quoted(model)
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + quotedContent
                + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\n\"usage\":" + USAGE
                + ",\"x_vendor\":{\"caf\\u00e9\":[1.0E+2,-0,1e-7]} }\n";
    }

    static String bufferedToolCalls(String model, List<Said.ToolCall> calls) {
        return "{\"id\":\"chatcmpl-fake\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":"
                + quoted(model)
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                + calls.stream().map(Completions::toolCall).collect(Collectors.joining(","))
                + "]},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],\"usage\":" + USAGE + "}";
    }

    private static String toolCall(Said.ToolCall call) {
        return "{\"id\":" + quoted(call.id()) + ",\"type\":\"function\",\"function\":{\"name\":" + quoted(call.name())
                + ",\"arguments\":" + quoted(call.arguments()) + "}}";
    }

    /// The events of a plain stream, each with the blank line that ends it: a role, [#TEXT] in pieces, an end.
    public static List<String> plain(String model) {
        var events = new ArrayList<>(begun(model, TEXT));
        events.add(event(model, "{}", "\"stop\""));
        return events;
    }

    /// A role, and a text in pieces.
    static List<String> begun(String model, String text) {
        var events = new ArrayList<String>();
        events.add(event(model, "{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (var piece : pieces(text)) {
            events.add(event(model, "{\"content\":" + quoted(piece) + "}", "null"));
        }
        return events;
    }

    /// Tool calls side by side, their arguments in pieces.
    static List<String> toolCalls(String model, List<Said.ToolCall> calls) {
        var events = new ArrayList<String>();
        events.add(event(model, "{\"role\":\"assistant\",\"content\":null}", "null"));
        for (var index = 0; index < calls.size(); index++) {
            var call = calls.get(index);
            var id = ",\"id\":" + quoted(call.id()) + ",\"type\":\"function\"";
            events.add(toolDelta(model, index, id, "\"name\":" + quoted(call.name()) + ",\"arguments\":\"\""));
            for (var piece : pieces(call.arguments())) {
                events.add(toolDelta(model, index, "", "\"arguments\":" + quoted(piece)));
            }
        }
        return events;
    }

    /// The pieces in which a text is streamed.
    static List<String> pieces(String text) {
        return text.equals(TEXT)
                ? PIECES
                : IntStream.iterate(0, at -> at < text.length(), at -> at + PIECE)
                        .mapToObj(at -> text.substring(at, Math.min(at + PIECE, text.length())))
                        .toList();
    }

    /// The event that carries a stream's usage and no choice.
    public static String usageEvent(String model) {
        return "data: {\"id\":\"chatcmpl-fake\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":"
                + quoted(model) + ",\"choices\":[],\"usage\":" + USAGE + "}\n\n";
    }

    /// The last event of a stream, usage and finish reason in one, as some servers send it.
    static String endWithUsage(String model) {
        return event(model, "{}", "\"stop\"").replace("}\n\n", ",\"usage\":" + USAGE + "}\n\n");
    }

    /// The mark of a stream's proper end.
    public static final String DONE = "data: [DONE]\n\n";

    /// A provider's error body, with a field that no one else would invent.
    public static String error(String message) {
        return "{\"error\": {\"message\":" + quoted(message)
                + ",\"type\":\"fake_error\",\"param\":null,\"code\":\"fake_code\"}, \"x_fake\":1.50}";
    }

    /// A JSON string.
    public static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    static String event(String model, String delta, String finishReason) {
        return "data: {\"id\":\"chatcmpl-fake\", \"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":"
                + quoted(model) + ",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}\n\n";
    }

    private static String toolDelta(String model, int index, String id, String function) {
        return event(
                model, "{\"tool_calls\":[{\"index\":" + index + id + ",\"function\":{" + function + "}}]}", "null");
    }
}
