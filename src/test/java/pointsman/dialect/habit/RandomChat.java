package pointsman.dialect.habit;

import java.util.List;
import java.util.Random;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Chat requests of every kind that clients send, drawn at random.
final class RandomChat {
    private static final List<String> FIELDS = List.of(
            "\"temperature\":0.7",
            "\"temperature\":1",
            "\"temperature\":0",
            "\"top_p\":0.5",
            "\"top_p\":1",
            "\"n\":1",
            "\"n\":2",
            "\"seed\":7",
            "\"stop\":\"END\"",
            "\"stop\":[\"\\n\",\"a\"]",
            "\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\"]",
            "\"max_tokens\":10",
            "\"max_completion_tokens\":10",
            "\"presence_penalty\":0",
            "\"presence_penalty\":0.5",
            "\"frequency_penalty\":0.5",
            "\"logit_bias\":{}",
            "\"logit_bias\":{\"1\":5}",
            "\"logprobs\":false",
            "\"logprobs\":true",
            "\"top_logprobs\":3",
            "\"user\":\"u\"",
            "\"metadata\":{\"a\":\"b\"}",
            "\"store\":false",
            "\"store\":true",
            "\"service_tier\":\"auto\"",
            "\"service_tier\":\"flex\"",
            "\"verbosity\":\"low\"",
            "\"modalities\":[\"text\"]",
            "\"reasoning_effort\":\"none\"",
            "\"reasoning_effort\":\"minimal\"",
            "\"reasoning_effort\":\"medium\"",
            "\"reasoning_effort\":\"xhigh\"",
            "\"parallel_tool_calls\":true",
            "\"parallel_tool_calls\":false",
            "\"tool_choice\":\"auto\"",
            "\"tool_choice\":\"required\"",
            "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
            "\"stream\":true",
            "\"stream_options\":{\"include_usage\":true}",
            "\"top_k\":4",
            "\"thinking\":{\"type\":\"enabled\"}",
            "\"reasoning\":{\"effort\":\"low\"}",
            "\"safety_identifier\":\"s\"",
            "\"prompt_cache_key\":\"k\"",
            "\"response_format\":{\"type\":\"text\"}",
            "\"response_format\":{\"type\":\"json_object\"}",
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"strict\":true,\"schema\":"
                    + "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{}}},\"required\":[\"a\"]}}}",
            "\"tools\":[]");

    private static final List<String> TOOLS = List.of(
            "{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}",
            "{\"name\":\"f\",\"strict\":true,\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}",
            "{\"name\":\"f\",\"strict\":true,\"parameters\":{\"type\":\"object\",\"properties\":{}}}",
            "{\"name\":\"f\",\"strict\":true,\"parameters\":{\"anyOf\":[{\"type\":\"object\"}],\"allOf\":[]}}",
            "{\"name\":\"a.b\"}",
            "{\"name\":\"" + "x".repeat(70) + "\"}",
            "{\"name\":\"1st\"}");

    private static final List<String> CONTENTS = List.of(
            "\"words\"",
            "\"words\"",
            "\"\"",
            "\" \\n\"",
            "[]",
            "[{\"type\":\"text\",\"text\":\"words\"}]",
            "[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"more\"}]",
            "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpg;base64,aGk=\"}}]");

    private static final List<String> ROLES = List.of("user", "user", "assistant", "system", "developer");

    private final Random random;

    RandomChat(long seed) {
        random = new Random(seed);
    }

    /// A request for this model.
    ObjectNode ask(String model) {
        var request = Json.object().put("model", model);
        messages(request.putArray("messages"));
        for (var i = random.nextInt(5); i > 0; i--) {
            request.setAll((ObjectNode) Json.MAPPER.readTree("{%s}".formatted(any(FIELDS))));
        }
        if (random.nextInt(3) == 0) {
            var tools = request.putArray("tools");
            for (var i = random.nextInt(3); i >= 0; i--) {
                tools.addObject().put("type", "function").set("function", Json.MAPPER.readTree(any(TOOLS)));
            }
        }
        return request;
    }

    private void messages(ArrayNode messages) {
        for (var i = random.nextInt(5); i >= 0; i--) {
            var message = messages.addObject().put("role", any(ROLES));
            message.set("content", Json.MAPPER.readTree(any(CONTENTS)));
            if (message.path("role").asString().equals("assistant")) {
                answered(message, messages);
            } else if (random.nextInt(8) == 0) {
                message.put("name", "bob");
            }
        }
        if (random.nextInt(4) > 0) {
            messages.addObject().put("role", "user").put("content", "go on");
        }
    }

    private void answered(ObjectNode message, ArrayNode messages) {
        if (random.nextBoolean()) {
            message.put("reasoning_content", random.nextBoolean() ? "thought" : "");
        }
        if (random.nextBoolean()) {
            var call = message.putNull("content")
                    .putArray("tool_calls")
                    .addObject()
                    .put("id", "c");
            call.put("type", "function").putObject("function").put("name", "f").put("arguments", "{}");
            messages.addObject()
                    .put("role", "tool")
                    .put("tool_call_id", "c")
                    .put("content", random.nextBoolean() ? "" : "brought");
        }
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
