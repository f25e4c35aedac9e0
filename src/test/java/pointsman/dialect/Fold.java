package pointsman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts the events of a stream together to the answer that they make, as the makers' own SDKs do, and checks
/// the order that each dialect promises. Written without a look at the writers.
final class Fold {
    private Fold() {}

    static ObjectNode fold(Dialect dialect, byte[] stream) {
        var events = events(stream);
        return switch (dialect) {
            case OPENAI_CHAT -> chat(events);
            case OPENAI_RESPONSES -> responses(events);
            case ANTHROPIC_MESSAGES -> message(events);
        };
    }

    /// An answer with what may differ between a stream and a buffer made the same: the spaces within arguments.
    static ObjectNode normal(ObjectNode answer) {
        var copy = answer.deepCopy();
        for (var call : copy.path("choices").path(0).path("message").path("tool_calls")) {
            normalize(call.path("function"));
        }
        copy.path("output").forEach(Fold::normalize);
        return copy;
    }

    private static void normalize(JsonNode call) {
        if (call instanceof ObjectNode function && function.has("arguments")) {
            Json.object(function.path("arguments").asString())
                    .ifPresent(arguments -> function.set("arguments", arguments));
        }
    }

    private static List<String> events(byte[] stream) {
        var text = new String(stream, StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n\n");
        var data = new ArrayList<String>();
        for (var event : text.split("\n\n", 0)) {
            var lines = event.lines().toList();
            var body = lines.getLast().substring("data: ".length());
            if (lines.size() == 2) {
                var name = lines.getFirst().substring("event: ".length());
                assertThat(node(body).path("type").asString()).isEqualTo(name);
            }
            data.add(body);
        }
        return data;
    }

    private static ObjectNode chat(List<String> events) {
        assertThat(events.getLast()).isEqualTo("[DONE]");
        var message = Json.object().put("role", "").putNull("content").putNull("refusal");
        var whole = Json.object();
        var finish = "";
        for (var event : events.subList(0, events.size() - 1)) {
            var chunk = node(event);
            var choice = chunk.path("choices").path(0);
            assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
            choice.path("delta").properties().forEach(field -> addDelta(message, field.getKey(), field.getValue()));
            finish += choice.path("finish_reason").asString("");
            whole.set("id", chunk.path("id"))
                    .set("created", chunk.path("created"))
                    .set("model", chunk.path("model"));
            if (chunk.hasNonNull("usage")) {
                whole.set("usage", chunk.path("usage"));
            }
        }
        var choice = whole.put("object", "chat.completion").putArray("choices").addObject();
        choice.put("index", 0).putNull("logprobs").put("finish_reason", finish).set("message", message);
        if (message.path("content").asString("").isEmpty()) {
            message.putNull("content");
        }
        return whole;
    }

    private static void addDelta(ObjectNode message, String field, JsonNode value) {
        switch (field) {
            case "tool_calls" -> value.forEach(call -> addCall(message.withArrayProperty("tool_calls"), call));
            case "thinking_blocks" -> message.withArrayProperty(field).addAll((ArrayNode) value);
            default -> message.put(field, message.path(field).asString("") + value.asString(""));
        }
    }

    private static void addCall(ArrayNode calls, JsonNode delta) {
        var index = delta.path("index").asInt();
        if (index == calls.size()) {
            var call = (ObjectNode) delta.deepCopy();
            call.remove("index");
            calls.add(call);
        } else {
            assertThat(index).isEqualTo(calls.size() - 1);
            var call = calls.path(index);
            var isCustom = call.path("type").asString().equals("custom");
            append((ObjectNode) call.path(isCustom ? "custom" : "function"), isCustom ? "input" : "arguments", delta);
        }
    }

    private static ObjectNode message(List<String> events) {
        var message = (ObjectNode) node(events.getFirst()).path("message");
        var content = (ArrayNode) message.path("content");
        var arguments = new StringBuilder();
        var open = false;
        for (var event : events.subList(1, events.size())) {
            var read = node(event);
            switch (read.path("type").asString()) {
                case "content_block_start" -> {
                    assertThat(open).isFalse();
                    assertThat(read.path("index").asInt()).isEqualTo(content.size());
                    open = true;
                    arguments.setLength(0);
                    content.add(read.path("content_block"));
                }
                case "content_block_delta" -> {
                    assertThat(open).isTrue();
                    assertThat(read.path("index").asInt()).isEqualTo(content.size() - 1);
                    addPiece((ObjectNode) content.path(content.size() - 1), read.path("delta"), arguments);
                }
                case "content_block_stop" -> {
                    assertThat(open).isTrue();
                    open = false;
                    if (!arguments.isEmpty()) {
                        ((ObjectNode) content.path(content.size() - 1)).set("input", node(arguments.toString()));
                    }
                }
                case "message_delta" -> {
                    message.setAll((ObjectNode) read.path("delta"));
                    message.withObjectProperty("usage").setAll((ObjectNode) read.path("usage"));
                }
                default -> assertThat(read.path("type").asString()).isIn("ping", "message_stop");
            }
        }
        assertThat(open).isFalse();
        assertThat(node(events.getLast()).path("type").asString()).isEqualTo("message_stop");
        return message;
    }

    private static void addPiece(ObjectNode block, JsonNode delta, StringBuilder arguments) {
        switch (delta.path("type").asString()) {
            case "text_delta" -> append(block, "text", delta);
            case "thinking_delta" -> append(block, "thinking", delta);
            case "signature_delta" -> append(block, "signature", delta);
            default -> arguments.append(delta.path("partial_json").asString());
        }
    }

    private static void append(ObjectNode block, String field, JsonNode delta) {
        block.put(field, block.path(field).asString() + delta.findPath(field).asString());
    }

    private static ObjectNode responses(List<String> events) {
        var output = Json.MAPPER.createArrayNode();
        var text = new StringBuilder();
        for (var i = 0; i < events.size(); i++) {
            var event = node(events.get(i));
            var type = event.path("type").asString();
            assertThat(event.path("sequence_number").asInt()).isEqualTo(i);
            if (type.endsWith(".delta")) {
                assertThat(event.path("output_index").asInt()).isEqualTo(output.size());
                text.append(event.path("delta").asString());
            } else if (type.equals("response.output_item.added")) {
                assertThat(event.path("output_index").asInt()).isEqualTo(output.size());
                assertThat(event.path("item").path("status").asString()).isEqualTo("in_progress");
                text.setLength(0);
            } else if (type.equals("response.output_item.done")) {
                output.add(event.path("item"));
                assertThat(textOf(event.path("item"))).isEqualTo(text.toString());
            }
        }
        assertThat(node(events.get(0)).path("type").asString()).isEqualTo("response.created");
        assertThat(node(events.get(1)).path("type").asString()).isEqualTo("response.in_progress");
        var last = node(events.getLast());
        var response = (ObjectNode) last.path("response");
        assertThat(last.path("type").asString())
                .isEqualTo("response." + response.path("status").asString());
        assertThat(ids(response.path("output"))).isEqualTo(ids(output));
        return response;
    }

    private static String textOf(JsonNode item) {
        var part = item.path("content").path(0);
        return part.path("text").asString("")
                + part.path("refusal").asString("")
                + item.path("summary").path(0).path("text").asString("")
                + item.path("arguments").asString("")
                + item.path("input").asString("");
    }

    private static List<String> ids(JsonNode items) {
        return items.valueStream()
                .map(item -> item.path("id").asString() + textOf(item))
                .toList();
    }

    private static ObjectNode node(String json) {
        return Json.object(json).orElseThrow(() -> new AssertionError("no JSON object: " + json));
    }
}
