package pointsman.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/// CSV to columns: the parser hands over slices of its buffer, which become JSON strings without a `String` in
/// between.
///
/// The first line names the columns. Every cell is a string; CSV has no NULL. A line with more or fewer fields
/// than the header is an error. A line with nothing in it is skipped, but in a table of one column it is a row with
/// an empty cell: it is how writers put a NULL there.
final class CsvRows extends AbstractBaseCsvCallbackHandler<Long> {
    private static final int ROWS_AT_FIRST = 64;
    private static final char[] NOTHING = {};

    private final char delimiter;
    private final TableLimits limits;
    private final LimitCheck check;
    private final TableMemory.Share memory;
    private final JsonText cell = new JsonText();
    private final List<String> header = new ArrayList<>();
    private final List<ColumnBuilder> columns = new ArrayList<>();
    private int rows;
    private int blankLines;
    private long line = 1;
    private int fields;

    CsvRows(char delimiter, TableLimits limits, TableMemory.Share memory) {
        this.delimiter = delimiter;
        this.limits = limits;
        this.memory = memory;
        this.check = new LimitCheck(limits, memory);
    }

    Table read(InputStream input) throws IOException {
        try (var lines = parser().build(this, StrictText.reader(input))) {
            for (var _ : lines) {
                endLine();
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw unreadable(e);
        }
        return table();
    }

    @Override
    protected void handleBegin(long startingLine) {
        line = startingLine;
        fields = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        try {
            field(index, buffer, offset, length);
        } catch (BadTableException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Long buildRecord() {
        return line;
    }

    private CsvReader.CsvReaderBuilder parser() {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .maxBufferSize((int) Math.min(Dictionary.MAX_BYTES, 2L * limits.cellBytes() + 8192))
                .allowUnclosedQuote(false)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    private void field(int index, char[] buffer, int offset, int length) throws BadTableException {
        fields = index + 1;
        if (columns.isEmpty()) {
            check.columnCount(fields);
            check.name(length, fields);
            header.add(new String(buffer, offset, length));
        } else if (index < columns.size()) {
            check.cellAlone(length, line, header.get(index));
            cell.clear().string(buffer, offset, offset + length);
            check.cell(cell.length(), line, header.get(index));
            columns.get(index).add(cell);
        }
    }

    private void endLine() throws BadTableException {
        if (fields == 0 && columns.size() == 1) {
            field(0, NOTHING, 0, 0);
        }
        if (fields == 0) {
            check.blankLines(++blankLines);
            return;
        }
        if (columns.isEmpty()) {
            check.columns(header);
            header.forEach(name -> columns.add(new ColumnBuilder(name, ROWS_AT_FIRST, memory)));
            return;
        }
        if (fields != columns.size()) {
            throw new BadTableException(
                    "line %,d has %,d fields; the header has %,d".formatted(line, fields, columns.size()));
        }
        check.rows(++rows);
    }

    private Table table() throws BadTableException {
        if (columns.isEmpty()) {
            throw new BadTableException("the table is empty: not even a header line");
        }
        return new Table(columns.stream().map(ColumnBuilder::build).toList(), rows);
    }

    private IOException unreadable(RuntimeException e) {
        return switch (e.getCause()) {
            case BadTableException bad -> bad;
            case UncheckedIOException unchecked -> unreadable(unchecked);
            case CharacterCodingException _ -> invalid("a byte that is no valid text in the file's encoding", e);
            case IOException failed -> failed;
            case Error error -> throw error;
            case null -> invalid("no valid CSV: " + reason(e), e);
            case Throwable cause -> invalid("no valid CSV: " + reason(cause), e);
        };
    }

    /// The parser says it in words for programmers.
    private String reason(Throwable e) {
        var words = String.valueOf(e.getMessage());
        return words.contains("buffer size")
                ? "a cell has more characters than the limit of %,d bytes".formatted(limits.cellBytes())
                : words.contains("Unclosed")
                        ? "a quoted cell is never closed"
                        : "something follows the closing quote of a cell";
    }

    private BadTableException invalid(String reason, RuntimeException e) {
        return new BadTableException("in or after line %,d: %s".formatted(line, reason), e);
    }
}
