package pointsman.table;

import java.util.Arrays;

/// In which order the rows are sent, and in which order each row's fields stand in its prompt.
///
/// Rows and fields are numbers: rows of the table, fields by their place among the chosen columns. Rows with the same
/// field order share one array, so a plan takes little more than two `int`s a row.
public final class Ordering {
    private final int[] rows;
    private final int[][] fields;

    /// @param rows   the row that is sent at each position
    /// @param fields the order of the fields of the row that is sent at each position
    Ordering(int[] rows, int[][] fields) {
        this.rows = rows;
        this.fields = fields;
    }

    /// Every row in the given order, every field in the given order.
    static Ordering given(int rows, int width) {
        return fixed(identity(rows), identity(width));
    }

    /// One field order for all rows.
    static Ordering fixed(int[] rows, int[] order) {
        var fields = new int[rows.length][];
        Arrays.fill(fields, order);
        return new Ordering(rows, fields);
    }

    /// How many rows are sent.
    public int size() {
        return rows.length;
    }

    /// The row that is sent at a position.
    public int row(int position) {
        return rows[position];
    }

    /// The order of the fields of the row that is sent at a position; a copy.
    public int[] fields(int position) {
        return fields[position].clone();
    }

    /// The inverse: at which position each row is sent.
    public int[] positions() {
        var positions = new int[rows.length];
        for (int position = 0; position < rows.length; position++) {
            positions[rows[position]] = position;
        }
        return positions;
    }

    int[] order(int position) {
        return fields[position];
    }

    static int[] identity(int size) {
        var identity = new int[size];
        Arrays.setAll(identity, i -> i);
        return identity;
    }
}
