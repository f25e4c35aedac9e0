package pointsman.dialect.responses;

import pointsman.dialect.conversation.Fields;
import pointsman.dialect.conversation.ToolOffer;
import pointsman.dialect.openai.OpenAiParts;
import tools.jackson.databind.JsonNode;

/// Reads the tools of OpenAI's responses: functions, tools that take a text, and both of them in
/// namespaces. They stand in the request, or come in an item of the conversation.
final class ResponsesTools {
    private final ToolOffer offer = new ToolOffer();

    ToolOffer offer() {
        return offer;
    }

    /// Offers a tool, or all of a namespace.
    void add(Fields tool) {
        add(tool, "");
    }

    private void add(Fields tool, String namespace) {
        var type = tool.requiredText("type");
        var cache = OpenAiParts.cacheMark(tool);
        switch (type) {
            case "function" -> offer.addFunction(tool, namespace, "parameters", cache);
            case "custom" -> offer.addCustom(tool, namespace, cache);
            case "namespace" -> addNamespace(tool);
            default -> offer.leaveOut(tool, type);
        }
    }

    private void addNamespace(Fields namespace) {
        var name = namespace.requiredText("name");
        var first = offer.size();
        namespace.each("tools", tool -> add(tool, name));
        namespace
                .text("description")
                .filter(words -> !words.isBlank())
                .ifPresent(words -> offer.describe(first, words));
        namespace.end();
    }

    /// Reads the value of `tool_choice`.
    void choose(Fields request, JsonNode value) {
        if (value.isString()) {
            offer.choose(OpenAiParts.choice(request, "tool_choice", value.asString()), request, "tool_choice");
            return;
        }
        var named = request.nested("tool_choice", value);
        switch (named.requiredText("type")) {
            case "function", "custom" -> offer.chooseOne(named);
            case "allowed_tools" ->
                offer.restrict(named, OpenAiParts.choice(named, "mode", named.requiredText("mode")));
            default -> throw named.unsayable("type", "that kind of choice is not known there");
        }
        named.end();
    }
}
