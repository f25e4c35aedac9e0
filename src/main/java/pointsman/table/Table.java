package pointsman.table;

import java.util.List;
import java.util.stream.IntStream;

/// A table in memory, dictionary-coded by column: every cell is an `int` that names one of its column's distinct
/// values.
///
/// A value is kept as the JSON text that is sent for it (`"ale"`, `5.0`, `null`, `["a", 1]`), in UTF-8, once per
/// column. Byte equality of that text is what a provider's prompt cache sees, so it is what "equal" means here:
/// `1`, `1.0`, `"1"`, `null` and `""` are five different values.
public final class Table {
    private final List<Column> columns;
    private final int rows;

    public Table(List<Column> columns, int rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /// A table of texts: cells that are equal exactly where these are.
    ///
    /// @param rows of as many texts as there are names
    public static Table ofTexts(List<String> names, List<List<String>> rows) {
        var columns = names.stream().map(ColumnBuilder::new).toList();
        for (var row : rows) {
            for (int column = 0; column < columns.size(); column++) {
                columns.get(column).add(new JsonText().string(row.get(column)));
            }
        }
        return new Table(columns.stream().map(ColumnBuilder::build).toList(), rows.size());
    }

    /// How many rows the table has.
    public int rows() {
        return rows;
    }

    /// The names of the columns, in the order of the input.
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /// The JSON text of one cell, exactly as it is to be sent. Both indices are 0-based, in the order of the
    /// input.
    public String cell(int row, int column) {
        var source = columns.get(column);
        return source.values().text(source.code(row));
    }

    /// The bytes of all cells of these columns, repeats included.
    public long bytes(int[] chosen) {
        return IntStream.of(chosen)
                .mapToObj(columns::get)
                .mapToLong(column -> IntStream.of(column.codes())
                        .mapToLong(column.values()::length)
                        .sum())
                .sum();
    }

    /// The index of the column of that name.
    ///
    /// @throws IllegalArgumentException if there is none; the message names the columns that there are
    public int indexOf(String name) {
        int index = names().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "there is no column \"%s\"; the columns are %s".formatted(name, abbreviated(names())));
        }
        return index;
    }

    /// The table of these rows only, in this order. The values are shared with this one.
    public Table select(int[] chosen) {
        return new Table(
                columns.stream()
                        .map(column -> new Column(
                                column.name(),
                                IntStream.of(chosen).map(column::code).toArray(),
                                column.values()))
                        .toList(),
                chosen.length);
    }

    public Column column(int index) {
        return columns.get(index);
    }

    private static String abbreviated(List<String> names) {
        int shown = Math.min(names.size(), 20);
        return String.join(", ", names.subList(0, shown)) + (shown < names.size() ? ", ..." : "");
    }
}
