package pointsman.testing.failover;

import tools.jackson.databind.JsonNode;

/// OpenAI's chat completions: a role, words, a reason why it ended, its usage, `[DONE]`.
final class ChatReading extends Reading {
    private boolean hasRole;
    private boolean hasReason;
    private boolean hasUsage;

    @Override
    void event(String name, JsonNode data) {
        if (data.has("error")) {
            complainUnless(isError(data), "an error in another shape");
            failed(data);
            return;
        }
        complainUnless(data.path("object").asString("").equals("chat.completion.chunk"), "no chunk");
        named(data.path("id"), data.path("model"));
        for (var choice : data.path("choices")) {
            choice(choice);
        }
        usage(data.path("usage"));
    }

    private void choice(JsonNode choice) {
        var delta = choice.path("delta");
        var words = delta.path("content").asString("");
        if (delta.hasNonNull("role")) {
            complainUnless(!hasRole, "a second role");
            hasRole = true;
        }
        complainUnless(words.isEmpty() || hasRole, "words without a role");
        complainUnless(words.isEmpty() || !hasReason, "words after the finish reason");
        say(words);
        if (choice.hasNonNull("finish_reason")) {
            complainUnless(!hasReason, "a second finish reason");
            reason(choice);
        }
    }

    private void reason(JsonNode choice) {
        hasReason = true;
        complainUnless(choice.path("finish_reason").asString("").equals("stop"), "not the finish reason stop");
    }

    private void usage(JsonNode usage) {
        if (usage.isObject()) {
            hasUsage = true;
            used(usage.path("prompt_tokens"), usage.path("completion_tokens"));
        }
    }

    @Override
    void mark(String data) {
        if (!data.equals("[DONE]")) {
            super.mark(data);
            return;
        }
        complainUnless(hasReason, "[DONE] without a finish reason");
        complainUnless(hasUsage, "[DONE] without a usage");
        end();
    }

    @Override
    void whole(JsonNode answer) {
        complainUnless(answer.path("object").asString("").equals("chat.completion"), "no completion");
        named(answer.path("id"), answer.path("model"));
        var choice = answer.at("/choices/0");
        complainUnless(choice.at("/message/role").asString("").equals("assistant"), "no role");
        say(choice.at("/message/content").asString(""));
        reason(choice);
        usage(answer.path("usage"));
        complainUnless(hasUsage, "no usage");
        end();
    }

    @Override
    boolean isError(JsonNode body) {
        return body.at("/error/message").isString() && body.at("/error/type").isString();
    }
}
