package pointsman.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// JSON Lines to columns. Columns are the names that occur, in the order of their first coming; a row that lacks
/// one has `null` there. Strings get the one spelling of [JsonText]; numbers, arrays and objects keep their
/// bytes, so `1` stays apart from `1.0` and nothing inside a nested value is reordered.
final class JsonLinesRows {
    private static final int FIRST_LINE_BYTES = 1 << 16;

    private final TableLimits limits;
    private final LimitCheck check;
    private final JsonFactory json;
    private final JsonText cell = new JsonText();
    private final Map<String, ColumnBuilder> columns = new LinkedHashMap<>();
    private byte[] line = new byte[FIRST_LINE_BYTES];
    private int length;
    private long number;
    private int rows;

    JsonLinesRows(TableLimits limits) {
        this.limits = limits;
        this.check = new LimitCheck(limits);
        this.json = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    Table read(InputStream input) throws IOException {
        while (nextLine(input)) {
            number++;
            if (!isBlank()) {
                row();
            }
        }
        return new Table(columns.values().stream().map(ColumnBuilder::build).toList(), rows);
    }

    private boolean nextLine(InputStream input) throws IOException {
        length = 0;
        int value = input.read();
        if (value < 0) {
            return false;
        }
        for (; value >= 0 && value != '\n'; value = input.read()) {
            append((byte) value);
        }
        return true;
    }

    private void append(byte value) throws BadTableException {
        if (length == line.length) {
            long most = Math.min(Dictionary.MAX_BYTES, 4L * limits.cellBytes() + FIRST_LINE_BYTES);
            if (length >= most) {
                throw new BadTableException("line %,d has more than %,d bytes".formatted(number + 1, most));
            }
            line = Arrays.copyOf(line, (int) Math.min(most, 2L * length));
        }
        line[length++] = value;
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] > ' ' || line[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void row() throws BadTableException {
        check.rows(rows + 1L);
        try (var parser = json.createParser(ObjectReadContext.empty(), line, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadTableException("line %,d is no JSON object".formatted(number));
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                field(parser);
            }
            if (parser.nextToken() != null) {
                throw new BadTableException("line %,d: something follows the JSON object".formatted(number));
            }
        } catch (JacksonException e) {
            throw new BadTableException(
                    "line %,d, column %,d: no valid JSON: %s"
                            .formatted(number, e.getLocation().getColumnNr(), e.getOriginalMessage()),
                    e);
        }
        rows++;
        fillUp();
    }

    private void field(JsonParser parser) throws BadTableException {
        var name = parser.currentName();
        var column = columns.get(name);
        if (column == null) {
            column = newColumn(name);
        }
        parser.nextToken();
        copyValue(parser);
        check.cell(cell.length(), number, name);
        column.add(cell);
    }

    private ColumnBuilder newColumn(String name) throws BadTableException {
        check.columnCount(columns.size() + 1);
        var column = new ColumnBuilder(name);
        for (int row = 0; row < rows; row++) {
            column.addNull();
        }
        columns.put(name, column);
        return column;
    }

    private void copyValue(JsonParser parser) {
        cell.clear();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            int from = parser.getStringOffset();
            cell.string(parser.getStringCharacters(), from, from + parser.getStringLength());
        } else if (parser.currentToken().isScalarValue()) {
            cell.raw(parser.getString());
        } else {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            cell.raw(line, from, (int) parser.currentLocation().getByteOffset());
        }
    }

    private void fillUp() {
        for (var column : columns.values()) {
            if (column.rows() < rows) {
                column.addNull();
            }
        }
    }
}
