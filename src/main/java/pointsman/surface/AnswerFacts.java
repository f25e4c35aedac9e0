package pointsman.surface;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import pointsman.dialect.wire.Json;
import pointsman.usage.TokenUsage;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// What a JSON answer, or an event of one, says of what it is charged by. Images in it are
/// megabytes of text, which are looked over and not read.
///
/// @param type of an event
/// @param items of its list `data` or `results`
/// @param usage the object that says so
/// @param duration of sound, in seconds
/// @param searches billed, as Cohere and OpenRouter count them
record AnswerFacts(String type, int items, Optional<JsonNode> usage, OptionalDouble duration, OptionalDouble searches) {
    /// Reads an answer.
    ///
    /// @return empty if these bytes are no JSON object
    static Optional<AnswerFacts> read(byte[] bytes, int from, int length) {
        try (var json = Json.MAPPER.createParser(bytes, from, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            var reading = new Reading();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                reading.field(json);
            }
            return json.nextToken() == null ? Optional.of(reading.facts()) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static final class Reading {
        private String type = "";
        private int items;
        private Optional<JsonNode> usage = Optional.empty();
        private Optional<JsonNode> meta = Optional.empty();
        private OptionalDouble duration = OptionalDouble.empty();

        void field(JsonParser json) {
            var name = json.currentName();
            var value = json.nextToken();
            switch (name) {
                case "type" -> type = value == JsonToken.VALUE_STRING ? json.getString() : "";
                case "data", "results" -> items = value == JsonToken.START_ARRAY ? count(json) : skipped(json);
                case "usage" -> usage = Optional.of(json.<JsonNode>readValueAsTree());
                case "meta" -> meta = Optional.of(json.<JsonNode>readValueAsTree());
                case "duration" ->
                    // Some servers write it as a text.
                    duration = value.isScalarValue() ? number(json.<JsonNode>readValueAsTree()) : skippedNumber(json);
                default -> json.skipChildren();
            }
        }

        private static int count(JsonParser json) {
            int count = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                json.skipChildren();
                count++;
            }
            return count;
        }

        private static int skipped(JsonParser json) {
            json.skipChildren();
            return 0;
        }

        private static OptionalDouble skippedNumber(JsonParser json) {
            json.skipChildren();
            return OptionalDouble.empty();
        }

        AnswerFacts facts() {
            var searches = meta.map(node -> node.path("billed_units"))
                    .or(() -> usage)
                    .map(billed -> number(billed.path("search_units")))
                    .orElseGet(OptionalDouble::empty);
            return new AnswerFacts(type, items, usage, duration, searches);
        }
    }

    /// The seconds of sound that are charged, if it says so.
    OptionalDouble seconds() {
        var charged = usage.map(node -> number(node.path("seconds"))).orElseGet(OptionalDouble::empty);
        return charged.isPresent() ? charged : duration;
    }

    /// The tokens that are charged, if it says so: OpenAI's images and sound have `input_tokens`,
    /// rerankers `prompt_tokens` or the sum alone.
    Optional<TokenUsage> tokens() {
        return usage.filter(node -> Stream.of("input_tokens", "prompt_tokens", "total_tokens")
                        .anyMatch(name -> node.path(name).canConvertToLong()))
                .map(AnswerFacts::tokens)
                .filter(TokenUsage::isPlausible);
    }

    private static TokenUsage tokens(JsonNode usage) {
        var output = whole(usage, "output_tokens", "completion_tokens", 0);
        var input = whole(usage, "input_tokens", "prompt_tokens", whole(usage, "total_tokens", "", output) - output);
        var cached = whole(usage.path("input_tokens_details"), "cached_tokens", "", 0);
        return new TokenUsage(input, cached, 0, output, 0, false);
    }

    private static long whole(JsonNode node, String name, String orName, long otherwise) {
        return Stream.of(name, orName)
                .map(node::path)
                .filter(JsonNode::canConvertToLong)
                .mapToLong(JsonNode::asLong)
                .findFirst()
                .orElse(otherwise);
    }

    private static OptionalDouble number(JsonNode node) {
        if (node.isNumber()) {
            return OptionalDouble.of(node.asDouble());
        }
        try {
            return node.isString()
                    ? OptionalDouble.of(Double.parseDouble(node.stringValue().strip()))
                    : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }
}
