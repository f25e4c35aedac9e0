package pointsman.table;

import java.io.IOException;
import java.io.InputStream;
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
    private static final int ROWS_AT_FIRST = 64;

    private final TableLimits limits;
    private final LimitCheck check;
    private final TableMemory.Share memory;
    private final JsonFactory json;
    private final JsonText cell = new JsonText();
    private final Map<String, ColumnBuilder> columns = new LinkedHashMap<>();
    private byte[] line = {};
    private long number;
    private int rows;

    JsonLinesRows(TableLimits limits, TableMemory.Share memory) {
        this.limits = limits;
        this.check = new LimitCheck(limits, memory);
        this.memory = memory;
        this.json = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    Table read(InputStream input) throws IOException {
        var lines = new JsonLines(input, limits, memory);
        int blank = 0;
        while (lines.next()) {
            line = lines.bytes();
            number = lines.number();
            if (lines.isBlank()) {
                check.blankLines(++blank);
            } else {
                row(lines.length());
            }
        }
        lines.close();
        return new Table(columns.values().stream().map(ColumnBuilder::build).toList(), rows);
    }

    private void row(int length) throws BadTableException {
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
            throw JsonFault.of(number, e);
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
        copyValue(parser, name);
        check.cell(cell.length(), number, name);
        column.add(cell);
    }

    private ColumnBuilder newColumn(String name) throws BadTableException {
        check.columnCount(columns.size() + 1);
        check.name(name.length(), columns.size() + 1);
        var column = new ColumnBuilder(name, ROWS_AT_FIRST, memory);
        for (int row = 0; row < rows; row++) {
            column.addNull();
        }
        columns.put(name, column);
        return column;
    }

    private void copyValue(JsonParser parser, String column) throws BadTableException {
        cell.clear();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            check.cellAlone(parser.getStringLength(), number, column);
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
