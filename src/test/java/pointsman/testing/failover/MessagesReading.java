package pointsman.testing.failover;

import tools.jackson.databind.JsonNode;

/// Anthropic's messages: a start, blocks with words, a delta with the reason why it ended, a stop.
final class MessagesReading extends Reading {
    private boolean hasBegun;
    private boolean isOpen;
    private int blocks;
    private boolean hasReason;

    @Override
    void event(String name, JsonNode data) {
        var type = data.path("type").asString("");
        complainUnless(name.equals(type), "an event called '%s' of the type '%s'".formatted(name, type));
        complainUnless(hasBegun || !type.startsWith("content"), "a block before the start");
        switch (type) {
            case "message_start" -> begin(data.path("message"));
            case "content_block_start" -> {
                complainUnless(!isOpen && data.path("index").asInt(-1) == blocks, "a block out of its place");
                isOpen = true;
                say(data.at("/content_block/text").asString(""));
            }
            case "content_block_delta" -> {
                complainUnless(isOpen && data.path("index").asInt(-1) == blocks, "words outside of their block");
                say(data.at("/delta/text").asString(""));
            }
            case "content_block_stop" -> {
                complainUnless(isOpen && data.path("index").asInt(-1) == blocks, "the stop of no block");
                isOpen = false;
                blocks++;
            }
            case "message_delta" -> reason(data.at("/delta/stop_reason"), data.path("usage"));
            case "message_stop" -> {
                complainUnless(hasReason && !isOpen, "a stop in the middle");
                end();
            }
            case "error" -> {
                complainUnless(isError(data), "an error in another shape");
                failed(data);
            }
            case "ping" -> {}
            default -> complain("an event of the type " + type);
        }
    }

    private void begin(JsonNode message) {
        complainUnless(!hasBegun, "a second start");
        hasBegun = true;
        named(message.path("id"), message.path("model"));
        used(message.at("/usage/input_tokens"), message.path("none"));
    }

    private void reason(JsonNode stopReason, JsonNode usage) {
        hasReason = true;
        complainUnless(stopReason.asString("").equals("end_turn"), "not the stop reason end_turn");
        complainUnless(usage.has("output_tokens"), "no usage");
        used(usage.path("input_tokens"), usage.path("output_tokens"));
    }

    @Override
    void whole(JsonNode answer) {
        complainUnless(answer.path("type").asString("").equals("message"), "no message");
        named(answer.path("id"), answer.path("model"));
        answer.path("content").forEach(block -> say(block.path("text").asString("")));
        reason(answer.path("stop_reason"), answer.path("usage"));
        end();
    }

    @Override
    boolean isError(JsonNode body) {
        return body.path("type").asString("").equals("error")
                && body.at("/error/message").isString()
                && body.at("/error/type").isString();
    }
}
