package pointsman.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of a request, which becomes a tree only as far as a tree stays small: the rows of a table go to the disk
/// one by one, and all else has a limit of bytes and of values.
final class FormJson {
    /// A value takes some hundred bytes, whatever it is: `[]` is two in a body.
    private static final int MOST_TOKENS = 100_000;
    static final String JOB = "job";
    private static final String ROWS = "rows";

    private static final JsonMapper TREES = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final FormLimits limits;
    private final JsonFactory streams;

    FormJson(FormLimits limits) {
        this.limits = limits;
        this.streams = JsonFactory.builder()
                .rootValueSeparator("\n")
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Math.toIntExact(
                                Math.max(limits.form().toBytes(), limits.cell().toBytes())))
                        .build())
                .build();
    }

    /// A part of a form that is no file.
    ///
    /// @param name of the field
    record Text(String name, String value) {
        private boolean mayBeJson() {
            var start = value.stripLeading();
            return start.startsWith("{") || start.startsWith("[");
        }

        /// The values in it; as far as it is JSON, and one more than may be where there are too many.
        private int tokens() {
            int count = 0;
            try (var parser = TREES.createParser(value)) {
                while (parser.nextToken() != null) {
                    count++;
                }
                return count;
            } catch (JacksonException _) {
                return count + 1;
            }
        }
    }

    /// The fields of a form. `job` holds the whole of the JSON; any other part is one field of it.
    ///
    /// @throws FailureException a [Failure.BadRequest] if they hold too many values together
    static ObjectNode fields(List<Text> texts) {
        var fields = TREES.createObjectNode();
        long tokens = 0;
        for (var text : texts) {
            tokens += text.mayBeJson() ? text.tokens() : 1;
            if (tokens > MOST_TOKENS) {
                throw invalid("its parts have more than %,d values".formatted(MOST_TOKENS));
            }
            var json = value(text.name(), text.value(), text.mayBeJson());
            if (text.name().equals(JOB) && json instanceof ObjectNode job) {
                fields.setAll(job);
            } else {
                fields.set(text.name(), json);
            }
        }
        return fields;
    }

    /// A form has only texts; one that is a JSON object or list is meant as such.
    private static JsonNode value(String name, String text, boolean mayBeJson) {
        if (mayBeJson) {
            try {
                return TREES.readTree(text);
            } catch (JacksonException e) {
                if (name.equals(JOB)) {
                    throw invalid(reason(e));
                }
                return TREES.getNodeFactory().stringNode(text);
            }
        }
        return TREES.getNodeFactory().stringNode(text);
    }

    /// Reads a body that lies on the disk.
    ///
    /// @param rows makes a file for the rows, if there are any
    /// @throws FailureException a [Failure.BadRequest] if it is no JSON object, or one beyond the limits
    Form read(Path body, Supplier<Path> rows) throws IOException {
        try (var input = Files.newInputStream(body);
                var parser = streams.createParser(ObjectReadContext.empty(), input)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw noObject();
            }
            var form = members(parser, rows);
            if (parser.nextToken() != null) {
                throw invalid("something follows its object");
            }
            return form;
        } catch (JacksonIOException e) {
            throw e.getCause() instanceof CharConversionException
                    ? invalid("it is no UTF-8 text")
                    : HttpRefusals.diskFull();
        } catch (JacksonException e) {
            throw invalid(reason(e));
        }
    }

    private Form members(JsonParser parser, Supplier<Path> rows) throws IOException {
        var file = Optional.<Path>empty();
        var fields = new Bounded(limits.form().toBytes());
        try (var out = streams.createGenerator(ObjectWriteContext.empty(), fields)) {
            out.writeStartObject();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(ROWS)) {
                    if (file.isPresent()) {
                        throw invalid("'rows' stands twice");
                    }
                    file = Optional.of(rows.get());
                    write(parser, file.get());
                } else {
                    out.writeName(name);
                    copy(parser, out, limits.form().toBytes(), "a field");
                }
            }
            out.writeEndObject();
        }
        return new Form((ObjectNode) TREES.readTree(fields.toByteArray()), file, "", file.isPresent());
    }

    private void write(JsonParser parser, Path file) throws IOException {
        long mostInRow = 4 * limits.cell().toBytes();
        int count = 0;
        try (var lines = Files.newBufferedWriter(file, UTF_8, StandardOpenOption.WRITE);
                var out = streams.createGenerator(ObjectWriteContext.empty(), lines)) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (++count > limits.rows()) {
                    throw tooManyRows();
                }
                copy(parser, out, mostInRow, "row %,d of 'rows'".formatted(count));
            }
        }
    }

    private FailureException tooManyRows() {
        return new Failure.BadRequest(
                        "invalid_table",
                        "'rows' has more than %,d rows, which is the limit (pointsman.batch.limits.rows)"
                                .formatted(limits.rows()),
                        Optional.of("table"))
                .asException();
    }

    /// Copies a value as it is written, a number to its last digit.
    ///
    /// @param most characters that it may have
    private static void copy(JsonParser parser, JsonGenerator out, long most, String what) {
        int depth = 0;
        long characters = 0;
        do {
            var token = parser.currentToken();
            if (token.isNumeric()) {
                out.writeNumber(parser.getString());
            } else {
                out.copyCurrentEvent(parser);
            }
            characters += 1 + (token.isStructStart() || token.isStructEnd() ? 0 : parser.getStringLength());
            if (characters > most) {
                throw invalid("%s has more than %,d characters".formatted(what, most));
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }

    private static String reason(JacksonException e) {
        var words = e.getOriginalMessage();
        if (words.contains("uplicate")) {
            return "a name stands twice in one object";
        }
        if (words.contains("exceeds the maximum allowed")) {
            return words.startsWith("Document nesting")
                    ? "it is nested deeper than 500 levels"
                    : words.startsWith("Token count")
                            ? "it has more than %,d values beside the rows".formatted(MOST_TOKENS)
                            : "a text, a name or a number is longer than it may be";
        }
        var place = e.getLocation();
        return place == null || place.getByteOffset() < 0
                ? "it does not go on as JSON does"
                : "from byte %d on".formatted(place.getByteOffset());
    }

    private static FailureException invalid(String how) {
        return new Failure.BadRequest(
                        "invalid_json", "The body is not valid JSON: %s.".formatted(how), Optional.empty())
                .asException();
    }

    static FailureException noObject() {
        return new Failure.BadRequest("invalid_json", "The body is no JSON object.", Optional.empty()).asException();
    }

    /// Bytes up to a limit.
    private static final class Bounded extends ByteArrayOutputStream {
        private final long most;

        Bounded(long most) {
            this.most = most;
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            if (size() + (long) length > most) {
                throw new Failure.BodyTooLarge(most).asException();
            }
            super.write(bytes, from, length);
        }
    }
}
