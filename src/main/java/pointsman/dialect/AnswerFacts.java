package pointsman.dialect;

import java.util.Optional;
import pointsman.usage.TokenUsage;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/// What accounting must know of a buffered chat completion or of one event of a stream.
///
/// @param choices the highest index of a choice in it, plus one; 0 if it holds none
/// @param finished how many of its choices state why they ended
/// @param isError whether it reports an error instead
/// @param characters of text in its choices: content, reasoning, tool arguments
/// @param usage the tokens that it states, if they can be meant
record AnswerFacts(int choices, int finished, boolean isError, int characters, Optional<TokenUsage> usage) {

    /// Whether it holds a choice at all.
    boolean hasChoices() {
        return choices > 0;
    }

    /// Reads an event's data.
    ///
    /// @throws tools.jackson.core.JacksonException if it is not one JSON object
    static AnswerFacts read(String data) {
        try (var parser = Json.MAPPER.createParser(data)) {
            return new Reader(parser).read();
        }
    }

    /// Reads a body.
    ///
    /// @throws tools.jackson.core.JacksonException if it is not one JSON object
    static AnswerFacts read(byte[] body) {
        try (var parser = Json.MAPPER.createParser(body)) {
            return new Reader(parser).read();
        }
    }

    private static final class Reader {
        private static final int CHOICE_DEPTH = 2;
        private static final long MOST_CHOICES = 1_000;

        private final JsonParser parser;
        private int choices;
        private int finished;
        private boolean isError;
        private int characters;
        private final UsageReader usageReader = new UsageReader();
        private Optional<TokenUsage> usage = Optional.empty();

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        AnswerFacts read() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "no JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var field = parser.currentName();
                parser.nextToken();
                readField(field);
            }
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "something follows the JSON object");
            }
            return new AnswerFacts(choices, finished, isError, characters, usage);
        }

        private void readField(String field) {
            switch (field) {
                case "choices" -> readChoices();
                case "usage" -> readUsage();
                case "error" -> {
                    isError = parser.currentToken() != JsonToken.VALUE_NULL;
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }

        /// Every string below `choices` that is text of the answer counts; only `finish_reason` says more.
        private void readChoices() {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return;
            }
            var depth = 1;
            while (depth > 0) {
                switch (parser.nextToken()) {
                    case START_OBJECT -> {
                        choices = Math.max(choices, 1);
                        depth++;
                    }
                    case START_ARRAY -> depth++;
                    case END_ARRAY, END_OBJECT -> depth--;
                    case VALUE_STRING -> readText(parser.currentName());
                    case VALUE_NUMBER_INT -> readIndex(depth);
                    case null -> throw new StreamReadException(parser, "cut within choices");
                    default -> {}
                }
            }
        }

        private void readIndex(int depth) {
            if (depth == CHOICE_DEPTH && "index".equals(parser.currentName())) {
                choices = (int) Math.max(choices, Math.min(number(), MOST_CHOICES) + 1);
            }
        }

        private void readText(String field) {
            switch (field) {
                case "finish_reason" -> finished++;
                case "content", "text", "reasoning_content", "reasoning", "refusal", "arguments" ->
                    characters += parser.getStringLength();
                case null, default -> {}
            }
        }

        private void readUsage() {
            usageReader.read(parser.readValueAsTree());
            usage = usageReader.total();
        }

        private long number() {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                parser.skipChildren();
                return -1;
            }
            return parser.getBigIntegerValue().bitLength() < Long.SIZE ? parser.getLongValue() : -1;
        }
    }
}
