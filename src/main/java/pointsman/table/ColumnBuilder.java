package pointsman.table;

import java.util.Arrays;

/// A column that grows by a cell at a time, from one thread.
final class ColumnBuilder {
    private static final int MOST_EXPECTED = 1 << 20;
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final String name;
    private final Dictionary values = new Dictionary();
    private int[] codes;
    private int rows;

    ColumnBuilder(String name) {
        this(name, 64);
    }

    /// A column that will have about so many rows; what a file claims is not trusted beyond a million.
    ColumnBuilder(String name, int expectedRows) {
        this.name = name;
        this.codes = new int[Math.clamp(expectedRows, 2, MOST_EXPECTED)];
    }

    String name() {
        return name;
    }

    int rows() {
        return rows;
    }

    void add(JsonText cell) {
        add(values.code(cell.bytes(), 0, cell.length()));
    }

    void addNull() {
        add(values.code(NULL, 0, NULL.length));
    }

    /// Repeats the cell of the row before.
    void repeat() {
        add(codes[rows - 1]);
    }

    Column build() {
        values.seal();
        return new Column(name, rows == codes.length ? codes : Arrays.copyOf(codes, rows), values);
    }

    private void add(int code) {
        if (rows == codes.length) {
            codes = Arrays.copyOf(codes, rows + (rows >> 1));
        }
        codes[rows++] = code;
    }
}
