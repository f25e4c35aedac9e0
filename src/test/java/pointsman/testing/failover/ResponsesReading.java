package pointsman.testing.failover;

import tools.jackson.databind.JsonNode;

/// OpenAI's responses: numbered events, words that are told again at the end of each part, and a response
/// that holds them all.
final class ResponsesReading extends Reading {
    private static final String DELTA = "response.output_text.delta";

    private int number;
    private boolean hasPart;
    private int beginOfPart;

    @Override
    void event(String name, JsonNode data) {
        var type = data.path("type").asString("");
        complainUnless(name.equals(type), "an event called '%s' of the type '%s'".formatted(name, type));
        if (type.equals("error")) {
            complainUnless(data.path("message").isString() || isError(data), "an error in another shape");
            failed(data);
            return;
        }
        complainUnless(data.path("sequence_number").asInt(-1) == number, "a number out of sequence");
        complainUnless(number > 0 || type.equals("response.created"), "no created at the beginning");
        number++;
        switch (type) {
            case "response.content_part.added" -> {
                hasPart = true;
                beginOfPart = text().length();
            }
            case DELTA -> {
                complainUnless(hasPart, "words outside of a part");
                say(data.path("delta").asString(""));
            }
            case "response.output_text.done" ->
                complainUnless(
                        text().substring(beginOfPart).equals(data.path("text").asString("")),
                        "the text of a part is not that of its deltas");
            case "response.content_part.done" -> hasPart = false;
            case "response.completed" -> completed(data.path("response"));
            case "response.failed" -> failed(data.path("response"));
            case "response.created",
                    "response.in_progress",
                    "response.output_item.added",
                    "response.output_item.done" -> {}
            default -> complain("an event of the type " + type);
        }
    }

    private void completed(JsonNode response) {
        complainUnless(texts(response).equals(text()), "the text of the response is not that of its deltas");
        facts(response);
    }

    @Override
    void whole(JsonNode answer) {
        complainUnless(answer.path("object").asString("").equals("response"), "no response");
        say(texts(answer));
        facts(answer);
    }

    private void facts(JsonNode response) {
        complainUnless(response.path("status").asString("").equals("completed"), "not completed");
        complainUnless(response.path("usage").isObject(), "no usage");
        named(response.path("id"), response.path("model"));
        used(response.at("/usage/input_tokens"), response.at("/usage/output_tokens"));
        end();
    }

    private static String texts(JsonNode response) {
        var texts = new StringBuilder();
        for (var item : response.path("output")) {
            item.path("content").forEach(part -> texts.append(part.path("text").asString("")));
        }
        return texts.toString();
    }

    @Override
    boolean isError(JsonNode body) {
        return body.at("/error/message").isString() && body.at("/error/type").isString();
    }
}
