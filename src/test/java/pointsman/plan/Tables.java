package pointsman.plan;

import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import pointsman.table.ColumnBuilder;
import pointsman.table.JsonText;
import pointsman.table.Table;
import pointsman.tokens.TokenCounter;

/// Small tables for tests.
final class Tables {
    private Tables() {}

    /// A table of strings; the columns are called a, b, c, ...
    static Table of(String[]... rows) {
        return named(
                IntStream.range(0, rows.length == 0 ? 1 : rows[0].length)
                        .mapToObj(c -> "" + (char) ('a' + c))
                        .toList(),
                rows);
    }

    static Table named(List<String> names, String[]... rows) {
        var columns = names.stream().map(ColumnBuilder::new).toList();
        var text = new JsonText();
        for (var row : rows) {
            for (int column = 0; column < row.length; column++) {
                columns.get(column).add(text.clear().string(row[column]));
            }
        }
        return new Table(columns.stream().map(ColumnBuilder::build).toList(), rows.length);
    }

    /// A table whose cell at (row, column) is a number.
    static Table of(int rows, int columns, IntBinaryOperator cell) {
        return named(
                IntStream.range(0, columns).mapToObj(c -> "column" + c).toList(),
                IntStream.range(0, rows)
                        .mapToObj(row -> IntStream.range(0, columns)
                                .mapToObj(column -> Integer.toString(cell.applyAsInt(row, column)))
                                .toArray(String[]::new))
                        .toArray(String[][]::new));
    }

    /// A table of random values, so many for a column.
    static Table random(long seed, int rows, int columns, int values) {
        var random = new Random(seed);
        return of(rows, columns, (_, _) -> random.nextInt(values));
    }

    /// The cells of a table with every value weighing one token and every key none: hits then count whole cells.
    static Cells unitCells(Table table) {
        return cells(table, text -> text.endsWith(": \"") ? 0 : 1);
    }

    static Cells cells(Table table, TokenCounter counter, String... set) {
        var sets = set.length == 0 ? List.<List<String>>of() : List.of(List.of(set));
        return new CellsBuilder(table, counter).build(List.of(), sets);
    }
}
