package pointsman.dialect.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/// What accounting must know of a buffered chat completion or of one event of a stream.
///
/// @param choices the highest index of a choice in it, plus one; 0 if it holds none
/// @param finished the indexes of those of its choices that state why they ended
/// @param isError whether it reports an error instead
/// @param characters of text in its choices: content, reasoning, tool arguments
/// @param calls whether it names a tool, or brings an image or a sound
/// @param statesUsage whether it states usage, which the reader of usage has been given
public record CompletionFacts(
        int choices, List<Integer> finished, boolean isError, int characters, boolean calls, boolean statesUsage) {
    /// The fields of text that is the answer's.
    static final List<String> TEXTS =
            List.of("content", "text", "reasoning_content", "reasoning", "refusal", "arguments");
    /// The fields that are something of an answer although they are no text.
    static final List<String> CALLS = List.of("name", "url", "data");

    /// Whether it says anything: a role does not, the reason of the end does.
    public boolean saysSomething() {
        return characters > 0 || calls || !finished.isEmpty();
    }

    /// Whether it holds a choice at all.
    public boolean hasChoices() {
        return choices > 0;
    }

    /// Reads an event's data.
    ///
    /// @param usage what takes the usage in it
    /// @throws tools.jackson.core.JacksonException if it is not one JSON object
    public static CompletionFacts read(String data, UsageReader usage) {
        try (var parser = Json.MAPPER.createParser(data)) {
            return new Reader(parser, usage).read();
        }
    }

    /// Reads a body.
    ///
    /// @param usage what takes the usage in it
    /// @throws tools.jackson.core.JacksonException if it is not one JSON object
    public static CompletionFacts read(byte[] body, UsageReader usage) {
        return new CompletionScan(usage).of(body, 0, body.length).orElseGet(() -> parsed(body, usage));
    }

    /// Reads a body by a parser.
    static CompletionFacts parsed(byte[] body, UsageReader usage) {
        try (var parser = Json.MAPPER.createParser(body)) {
            return new Reader(parser, usage).read();
        }
    }

    private static final class Reader {
        private static final int CHOICE_DEPTH = 2;
        private static final int MOST_CHOICES = 1_000;

        private final JsonParser parser;
        private final UsageReader usage;
        private int choices;
        private final List<Integer> finished = new ArrayList<>(0);
        private int index;
        private boolean isFinished;
        private boolean isError;
        private int characters;
        private boolean calls;
        private boolean statesUsage;

        Reader(JsonParser parser, UsageReader usage) {
            this.parser = parser;
            this.usage = usage;
        }

        CompletionFacts read() {
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
            return new CompletionFacts(choices, List.copyOf(finished), isError, characters, calls, statesUsage);
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
                        if (++depth == CHOICE_DEPTH) {
                            beginChoice();
                        }
                    }
                    case START_ARRAY -> depth++;
                    case END_OBJECT -> {
                        if (depth-- == CHOICE_DEPTH) {
                            endChoice();
                        }
                    }
                    case END_ARRAY -> depth--;
                    case VALUE_STRING -> readText(parser.currentName());
                    case VALUE_NUMBER_INT -> readIndex(depth);
                    case null -> throw new StreamReadException(parser, "cut within choices");
                    default -> {}
                }
            }
        }

        private void beginChoice() {
            index = 0;
            isFinished = false;
        }

        private void readIndex(int depth) {
            if (depth == CHOICE_DEPTH && "index".equals(parser.currentName())) {
                index = Math.clamp(number(), 0, MOST_CHOICES);
            }
        }

        /// The index may stand behind the reason: only at its end is it known which choice this was.
        private void endChoice() {
            choices = Math.max(choices, index + 1);
            if (isFinished) {
                finished.add(index);
            }
        }

        private void readText(@Nullable String field) {
            if ("finish_reason".equals(field)) {
                isFinished = true;
            } else if (TEXTS.contains(String.valueOf(field))) {
                characters += parser.getStringLength();
            } else {
                calls |= CALLS.contains(String.valueOf(field));
            }
        }

        private void readUsage() {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                statesUsage = true;
                usage.read(parser.readValueAsTree());
            } else {
                parser.skipChildren();
            }
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
