package pointsman.testing;

import static pointsman.testing.Completions.quoted;

import java.util.List;

/// The words in Anthropic's messages.
final class MessagesWords implements WordWire {
    private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";

    @Override
    public List<String> opening(Speaker speaker) {
        return List.of(
                event("message_start", "\"message\":{" + message(speaker, "[]", "null", 1) + "}"),
                event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
                PING);
    }

    @Override
    public String word(Speaker speaker, String text) {
        return event(
                "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted(text) + "}");
    }

    @Override
    public String cutWord(Speaker speaker) {
        return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"del\n\n";
    }

    @Override
    public List<String> closing(Speaker speaker, int outputTokens) {
        return List.of(
                event("content_block_stop", "\"index\":0"),
                event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":"
                                + outputTokens + "}"));
    }

    @Override
    public String done() {
        return "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }

    @Override
    public String keepAlive() {
        return PING;
    }

    @Override
    public String buffered(Speaker speaker, String text, int outputTokens) {
        return "{"
                + message(speaker, "[{\"type\":\"text\",\"text\":" + quoted(text) + "}]", "\"end_turn\"", outputTokens)
                + "}";
    }

    @Override
    public String bufferedNothing(Speaker speaker) {
        return "{" + message(speaker, "[]", "null", 0) + "}";
    }

    @Override
    public String error(Complaint complaint) {
        return "{\"type\":\"error\",\"error\":{\"type\":" + quoted(complaint.anthropic()) + ",\"message\":"
                + quoted(complaint.anthropicMessage()) + "},\"request_id\":\"req_1\"}";
    }

    @Override
    public String errorEvent(Complaint complaint) {
        return "event: error\ndata: " + error(complaint) + "\n\n";
    }

    private static String message(Speaker speaker, String content, String stopReason, int outputTokens) {
        return "\"id\":%s,\"type\":\"message\",\"role\":\"assistant\",\"model\":%s,\"content\":%s,"
                        .formatted(quoted(speaker.id()), quoted(speaker.model()), content)
                + "\"stop_reason\":%s,\"stop_sequence\":null,\"usage\":{\"input_tokens\":%d,\"output_tokens\":%d}"
                        .formatted(stopReason, speaker.inputTokens(), outputTokens);
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
    }
}
