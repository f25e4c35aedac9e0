package pointsman.dialect.engine;

import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How much of what [EngineFields] lists an engine of the gateway's own is asked for.
///
/// @param upstream its name, for failures
record EngineBounds(String upstream) {
    private static final int LONGEST_TOOLS_BYTES = 512 * 1024;
    private static final int MOST_BIASES = 1_000;
    private static final int MOST_STOPS = 64;
    private static final int LONGEST_STOP = 1_024;
    private static final int MOST_CHOICES = 16;
    private static final int MOST_LOGPROBS = 20;
    private static final int MOST_TEMPLATE_ARGUMENTS = 16;
    /// As many as OpenAI takes.
    private static final int MOST_PROMPTS = 64, MOST_INPUTS = 2_048;

    /// @param takesTools whether the model's chat template has a place for tools
    /// @throws FailureException a [Failure.UnsupportedByUpstream] that names the field and its bound
    void check(ObjectNode request, boolean takesTools) {
        var tools = request.path("tools");
        if (!takesTools && !tools.isEmpty() && !isNone(request.path("tool_choice"))) {
            throw refused(
                    "tools",
                    "its model was taught no tools and would never see them; name one that was, by LARGE_BASE_URL and LARGE_MODEL or by a provider's key");
        }
        texts("prompt", request.path("prompt"), MOST_PROMPTS);
        texts("input", request.path("input"), MOST_INPUTS);
        atMost("n", request.path("n"), MOST_CHOICES);
        atMost("top_logprobs", request.path("top_logprobs"), MOST_LOGPROBS);
        atMost("logprobs", request.path("logprobs"), MOST_LOGPROBS);
        entries("logit_bias", request.path("logit_bias"), MOST_BIASES);
        stops(request.path("stop"));
        scalars("chat_template_kwargs", request.path("chat_template_kwargs"));
        schemas(request, tools);
    }

    private static boolean isNone(JsonNode choice) {
        return choice.isString() && choice.stringValue().equals("none");
    }

    private void schemas(ObjectNode request, JsonNode tools) {
        if (tools.isContainer() && Json.MAPPER.writeValueAsBytes(tools).length > LONGEST_TOOLS_BYTES) {
            throw refused("tools", "they may be %d bytes long there".formatted(LONGEST_TOOLS_BYTES));
        }
        var ofTools = new SchemaBounds(why -> refused("tools", why));
        for (var tool : tools) {
            ofTools.check(tool.path("function").path("parameters"));
            ofTools.check(tool.path("input_schema"));
        }
        var ofAnswer = new SchemaBounds(why -> refused("response_format", why));
        var format = request.path("response_format");
        ofAnswer.check(format.path("schema"));
        ofAnswer.check(format.path("json_schema").path("schema"));
        // Whatever else an engine may read as one.
        ofAnswer.check(format);
    }

    /// Of a list of texts each is a prompt of its own; a list of numbers is one prompt, as tokens.
    private void texts(String field, JsonNode value, int most) {
        var isTokens = value.isArray() && value.valueStream().allMatch(JsonNode::isNumber);
        if (value.isArray() && !isTokens) {
            entries(field, value, most);
        }
    }

    private void stops(JsonNode stop) {
        entries("stop", stop, MOST_STOPS);
        for (var text : stop) {
            if (text.asString("").length() > LONGEST_STOP) {
                throw refused("stop", "a text in it may have %d characters there".formatted(LONGEST_STOP));
            }
        }
        if (stop.isString() && stop.stringValue().length() > LONGEST_STOP) {
            throw refused("stop", "it may have %d characters there".formatted(LONGEST_STOP));
        }
    }

    private void atMost(String field, JsonNode value, int most) {
        if (value.isNumber() && value.doubleValue() > most) {
            throw refused(field, "it may be %d at most there".formatted(most));
        }
    }

    private void entries(String field, JsonNode value, int most) {
        if (value.size() > most) {
            throw refused(field, "it may have %d entries there".formatted(most));
        }
    }

    private void scalars(String field, JsonNode value) {
        entries(field, value, MOST_TEMPLATE_ARGUMENTS);
        for (var argument : value) {
            if (argument.isContainer()) {
                throw refused(field, "it may hold plain values only there");
            }
        }
    }

    FailureException refused(String field, String why) {
        return new Failure.UnsupportedByUpstream(upstream, field, why).asException();
    }
}
