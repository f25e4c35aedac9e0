package pointsman.table;

import java.util.Arrays;

/// A column that grows by a cell at a time, from one thread.
public final class ColumnBuilder {
    private static final int MOST_EXPECTED = 1 << 20;
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final String name;
    private final TableMemory.Share memory;
    private final Dictionary values;
    private int[] codes;
    private int rows;

    public ColumnBuilder(String name) {
        this(name, 64, TableMemory.UNCOUNTED);
    }

    /// A column that will have about so many rows; what a file claims is not trusted beyond a million.
    ///
    /// @param memory that is asked before the column grows
    public ColumnBuilder(String name, int expectedRows, TableMemory.Share memory) {
        this.name = name;
        this.memory = memory;
        this.values = new Dictionary(16, memory);
        int room = Math.clamp(expectedRows, 2, MOST_EXPECTED);
        memory.take((long) room * Integer.BYTES);
        this.codes = new int[room];
    }

    String name() {
        return name;
    }

    int rows() {
        return rows;
    }

    public void add(JsonText cell) {
        add(values.code(cell.bytes(), 0, cell.length()));
    }

    void addNull() {
        add(values.code(NULL, 0, NULL.length));
    }

    public Column build() {
        values.seal();
        if (rows < codes.length) {
            resize(rows);
        }
        return new Column(name, codes, values);
    }

    private void add(int code) {
        if (rows == codes.length) {
            resize(rows + (rows >> 1));
        }
        codes[rows++] = code;
    }

    private void resize(int wanted) {
        memory.take((long) wanted * Integer.BYTES);
        int before = codes.length;
        codes = Arrays.copyOf(codes, wanted);
        memory.give((long) before * Integer.BYTES);
    }
}
