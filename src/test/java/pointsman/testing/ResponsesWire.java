package pointsman.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// OpenAI's responses, spaced oddly and with a field of the vendor's, so that a gateway which parses and
/// prints them anew is found out.
final class ResponsesWire implements Wire {
    static final String USAGE = "{\"input_tokens\": " + Completions.PROMPT_TOKENS
            + ",\"input_tokens_details\":{\"cached_tokens\":" + Completions.CACHED_TOKENS + "},\"output_tokens\":"
            + Completions.ANSWER_TOKENS + ",\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":"
            + (Completions.PROMPT_TOKENS + Completions.ANSWER_TOKENS) + "}";

    @Override
    public String buffered(String model, Said said) {
        return response(model, "completed", items(said), USAGE) + "\n";
    }

    @Override
    public List<String> begun(String model, Said said) {
        var events = new ArrayList<String>();
        events.add(about("response.created", model, "in_progress", "", "null"));
        events.add(about("response.in_progress", model, "in_progress", "", "null"));
        for (var index = 0; index < count(said); index++) {
            addItem(events, said, index);
        }
        return events;
    }

    /// A response's only ending brings why, and its usage, at once: so it is the mark of the proper end, too.
    @Override
    public List<String> finish(String model, Said said, boolean usage) {
        return List.of(about("response.completed", model, "completed", items(said), USAGE));
    }

    @Override
    public String done() {
        return "";
    }

    @Override
    public String opening(String model) {
        return String.join("", begun(model, new Said.Text("")).subList(0, 4));
    }

    @Override
    public String piece(String model, int size) {
        return textDelta(0, "x".repeat(size));
    }

    @Override
    public String error(String message) {
        return Completions.error(message);
    }

    @Override
    public String errorEvent(String message) {
        return event(
                "response.failed",
                "\"response\":{\"id\":\"resp_fake\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":"
                        + Completions.quoted(message) + "}}");
    }

    private static String response(String model, String status, String items, String usage) {
        return "{ \"id\":\"resp_fake\",\"object\":\"response\",\t\"created_at\":1700000000,\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":null,\"model\":" + Completions.quoted(model)
                + ",\"output\":[" + items + "],\"usage\":" + usage + ",\"x_vendor\":{\"caf\\u00e9\":[1.0E+2]} }";
    }

    private static String about(String type, String model, String status, String items, String usage) {
        return event(type, "\"response\":" + response(model, status, items, usage));
    }

    private static int count(Said said) {
        return said instanceof Said.Calls(var calls) ? calls.size() : 1;
    }

    private static String items(Said said) {
        return IntStream.range(0, count(said))
                .mapToObj(index -> item(said, index, true))
                .collect(Collectors.joining(","));
    }

    private static String item(Said said, int index, boolean isWhole) {
        var status = isWhole ? "completed" : "in_progress";
        return switch (said) {
            case Said.Text(var text) ->
                "{\"id\":\"msg_fake\",\"type\":\"message\",\"status\":\"" + status
                        + "\",\"role\":\"assistant\",\"content\":[" + (isWhole ? part(text) : "") + "]}";
            case Said.Calls(var calls) -> {
                var call = calls.get(index);
                yield "{\"id\":\"fc_fake" + index + "\",\"type\":\""
                        + (call.isCustom() ? "custom_tool_call" : "function_call") + "\",\"status\":\"" + status
                        + "\",\"call_id\":" + Completions.quoted(call.id()) + ",\"name\":"
                        + Completions.quoted(call.name()) + ",\"" + (call.isCustom() ? "input" : "arguments") + "\":"
                        + Completions.quoted(isWhole ? call.arguments() : "") + "}";
            }
        };
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":" + Completions.quoted(text)
                + "}";
    }

    private static void addItem(List<String> events, Said said, int index) {
        var at = "\"output_index\":" + index;
        events.add(event("response.output_item.added", at + ",\"item\":" + item(said, index, false)));
        switch (said) {
            case Said.Text(var text) -> {
                events.add(event(
                        "response.content_part.added",
                        "\"item_id\":\"msg_fake\"," + at + ",\"content_index\":0,\"part\":" + part("")));
                Completions.pieces(text).forEach(piece -> events.add(textDelta(index, piece)));
            }
            case Said.Calls(var calls) -> {
                var call = calls.get(index);
                var type = call.isCustom() ? "custom_tool_call_input" : "function_call_arguments";
                Completions.pieces(call.arguments())
                        .forEach(piece -> events.add(event(
                                "response." + type + ".delta",
                                "\"item_id\":\"fc_fake" + index + "\"," + at + ",\"delta\":" + Completions.quoted(piece)
                                        + ",\"obfuscation\":\"aX\"")));
            }
        }
        events.add(event("response.output_item.done", at + ",\"item\":" + item(said, index, true)));
    }

    private static String textDelta(int index, String text) {
        return event(
                "response.output_text.delta",
                "\"item_id\":\"msg_fake\",\"output_index\":" + index + ",\"content_index\":0,\"delta\":"
                        + Completions.quoted(text) + ",\"logprobs\":[]");
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\", " + fields + "}\n\n";
    }
}
