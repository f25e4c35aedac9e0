package pointsman.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Anthropic's messages, spaced oddly and with a field of the vendor's, so that a gateway which parses and prints
/// them anew is found out.
final class MessagesWire implements Wire {
    private static final int FRESH_TOKENS = Completions.PROMPT_TOKENS - Completions.CACHED_TOKENS;
    private static final String PROMPT_USAGE = "\"input_tokens\": " + FRESH_TOKENS
            + ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":" + Completions.CACHED_TOKENS;

    @Override
    public String buffered(String model, Said said) {
        var content = IntStream.range(0, blocks(said))
                .mapToObj(index -> block(said, index))
                .collect(Collectors.joining(","));
        return "{ \"id\":\"msg_fake\",\"type\":\"message\",\t\"role\":\"assistant\",\"model\":"
                + Completions.quoted(model) + ",\"content\":[" + content + "],\"stop_reason\":" + stopReason(said)
                + ",\"stop_sequence\":null,\n\"usage\":{" + PROMPT_USAGE + ",\"output_tokens\":"
                + Completions.ANSWER_TOKENS
                + ",\"service_tier\":\"standard\"},\"x_vendor\":{\"caf\\u00e9\":[1.0E+2]} }\n";
    }

    @Override
    public List<String> begun(String model, Said said) {
        var events = new ArrayList<String>();
        events.add(event(
                "message_start",
                "\"message\":{\"id\":\"msg_fake\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                        + Completions.quoted(model)
                        + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{" + PROMPT_USAGE
                        + ",\"output_tokens\":1}}"));
        for (var index = 0; index < blocks(said); index++) {
            addBlock(events, said, index);
        }
        return events;
    }

    @Override
    public List<String> finish(String model, Said said, boolean usage) {
        return List.of(event(
                "message_delta",
                "\"delta\":{\"stop_reason\":" + stopReason(said)
                        + ",\"stop_sequence\":null},\"usage\":{\"output_tokens\":" + Completions.ANSWER_TOKENS + "}"));
    }

    @Override
    public String done() {
        return "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }

    @Override
    public String opening(String model) {
        return String.join("", begun(model, new Said.Text("")).subList(0, 2));
    }

    @Override
    public String piece(String model, int size) {
        return textDelta(0, "x".repeat(size));
    }

    @Override
    public String error(String message) {
        return "{\"type\":\"error\", \"error\":{\"type\":\"invalid_request_error\",\"message\":"
                + Completions.quoted(message) + "},\"request_id\":\"req_fake\", \"x_fake\":1.50}";
    }

    @Override
    public String errorEvent(String message) {
        return "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":"
                + Completions.quoted(message) + "}}\n\n";
    }

    private static int blocks(Said said) {
        return said instanceof Said.Calls(var calls) ? calls.size() : 1;
    }

    private static String block(Said said, int index) {
        return switch (said) {
            case Said.Text(var text) -> "{\"type\":\"text\",\"text\":" + Completions.quoted(text) + "}";
            case Said.Calls(var calls) ->
                toolUse(calls.get(index), calls.get(index).arguments());
        };
    }

    private static void addBlock(List<String> events, Said said, int index) {
        var at = "\"index\":" + index;
        switch (said) {
            case Said.Text(var text) -> {
                events.add(event("content_block_start", at + ",\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
                Completions.pieces(text).forEach(piece -> events.add(textDelta(index, piece)));
            }
            case Said.Calls(var calls) -> {
                events.add(event("content_block_start", at + ",\"content_block\":" + toolUse(calls.get(index), "{}")));
                Completions.pieces(calls.get(index).arguments())
                        .forEach(piece -> events.add(event(
                                "content_block_delta",
                                at + ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":"
                                        + Completions.quoted(piece) + "}")));
            }
        }
        events.add(event("content_block_stop", at));
    }

    private static String toolUse(Said.ToolCall call, String input) {
        return "{\"type\":\"tool_use\",\"id\":" + Completions.quoted(call.id()) + ",\"name\":"
                + Completions.quoted(call.name()) + ",\"input\":" + input + "}";
    }

    private static String textDelta(int index, String text) {
        return event(
                "content_block_delta",
                "\"index\":" + index + ",\"delta\":{\"type\":\"text_delta\",\"text\":" + Completions.quoted(text)
                        + "}");
    }

    private static String stopReason(Said said) {
        return said instanceof Said.Text ? "\"end_turn\"" : "\"tool_use\"";
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\", " + fields + "}\n\n";
    }
}
