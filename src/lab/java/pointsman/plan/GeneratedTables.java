package pointsman.plan;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import pointsman.table.ColumnBuilder;
import pointsman.table.JsonText;
import pointsman.table.Table;

/// Tables of any size with the structure that real ones have: keys, what depends on them, categories, ratings,
/// free text.
final class GeneratedTables {
    private GeneratedTables() {}

    /// Nine columns like those of a review site: product, its name and kind, user, day, three ratings, a text.
    static Table reviews(int rows) {
        var random = new SplittableRandom(9);
        int products = Math.max(1, rows / 40);
        var product = new int[rows];
        var user = new int[rows];
        for (int row = 0; row < rows; row++) {
            product[row] = (int) (products * Math.pow(random.nextDouble(), 2));
            user[row] = (int) (rows / 12.0 * Math.pow(random.nextDouble(), 2));
        }
        return table(
                rows,
                row -> new String[] {
                    "P" + product[row],
                    "the fine product number " + product[row],
                    "kind " + product[row] % 97,
                    "user" + user[row],
                    "2026-" + (1 + row * 12L / rows) + "-" + (1 + row % 28),
                    (1 + (product[row] * 7 + random.nextInt(3)) % 5) + "/5",
                    (1 + (product[row] * 3 + random.nextInt(3)) % 5) + "/5",
                    random.nextInt(20) + "/20",
                    "review " + row + " says " + Integer.toHexString(random.nextInt())
                },
                "productId",
                "productName",
                "kind",
                "userName",
                "date",
                "look",
                "taste",
                "overall",
                "text");
    }

    /// Many columns: every third follows from an entity, every third is a category, the others are free.
    static Table wide(int rows, int width) {
        var random = new SplittableRandom(57);
        var names =
                IntStream.range(0, width).mapToObj(column -> "column_" + column).toArray(String[]::new);
        int entities = Math.max(1, rows / 30);
        return table(
                rows,
                row -> {
                    int entity = random.nextInt(entities);
                    var cells = new String[width];
                    for (int column = 0; column < width; column++) {
                        cells[column] = switch (column % 3) {
                            case 0 -> "e" + entity % (7 + column * column);
                            case 1 -> "c" + random.nextInt(2 + column);
                            default -> "v" + random.nextInt(rows);
                        };
                    }
                    return cells;
                },
                names);
    }

    private static Table table(int rows, IntFunction<String[]> cells, String... names) {
        var columns = IntStream.range(0, names.length)
                .mapToObj(column -> new ColumnBuilder(names[column]))
                .toList();
        var text = new JsonText();
        for (int row = 0; row < rows; row++) {
            var values = cells.apply(row);
            for (int column = 0; column < values.length; column++) {
                columns.get(column).add(text.clear().string(values[column]));
            }
        }
        return new Table(columns.stream().map(ColumnBuilder::build).toList(), rows);
    }
}
