package pointsman.testing;

import java.util.ArrayList;
import java.util.List;
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
    private static final List<String> PIECES = List.of("Grüße", ", w", "örld ", "😀!");
    private static final String USAGE =
            "{\"prompt_tokens\": " + PROMPT_TOKENS + ", \"completion_tokens\":" + ANSWER_TOKENS
                    + ",\"total_tokens\":" + (PROMPT_TOKENS + ANSWER_TOKENS)
                    + ",\"prompt_tokens_details\":{\"cached_tokens\":" + CACHED_TOKENS + ",\"audio_tokens\":0}}";

    private Completions() {}

    /// A buffered answer with [#TEXT] and a usage.
    public static String buffered(String model) {
        return buffered(model, quoted(TEXT));
    }

    static String buffered(String model, String quotedContent) {
        return "{ \"id\":\"chatcmpl-fake\",\"object\":\"chat.completion\",\t\"created\":1700000000,\"model\":"
                + quoted(model)
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + quotedContent
                + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\n\"usage\":" + USAGE
                + ",\"x_vendor\":{\"caf\\u00e9\":[1.0E+2,-0,1e-7]} }\n";
    }

    static String bufferedToolCall(String model) {
        return "{\"id\":\"chatcmpl-fake\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":"
                + quoted(model)
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                + "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"}\"}},"
                + "{\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Rome\\\"}\"}}"
                + "]},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],\"usage\":" + USAGE + "}";
    }

    /// The events of a plain stream, each with the blank line that ends it: a role, [#TEXT] in pieces, an end.
    public static List<String> plain(String model) {
        var events = new ArrayList<String>();
        events.add(event(model, "{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (var piece : PIECES) {
            events.add(event(model, "{\"content\":" + quoted(piece) + "}", "null"));
        }
        events.add(event(model, "{}", "\"stop\""));
        return events;
    }

    /// Two parallel tool calls, their arguments in pieces.
    static List<String> toolCalls(String model) {
        var events = new ArrayList<String>();
        events.add(event(model, "{\"role\":\"assistant\",\"content\":null}", "null"));
        for (var city : List.of("Paris", "Rome")) {
            var index = city.equals("Paris") ? 0 : 1;
            var id = ",\"id\":\"call_" + (index + 1) + "\",\"type\":\"function\"";
            events.add(toolDelta(model, index, id, "\"name\":\"weather\",\"arguments\":\"\""));
            events.add(toolDelta(model, index, "", "\"arguments\":\"{\\\"city\\\":\""));
            events.add(toolDelta(model, index, "", "\"arguments\":\"\\\"" + city + "\\\"}\""));
        }
        events.add(event(model, "{}", "\"tool_calls\""));
        return events;
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

    static String quoted(String text) {
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
