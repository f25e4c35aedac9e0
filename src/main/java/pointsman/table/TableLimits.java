package pointsman.table;

/// What a table may cost at most. Every reader stops with a [BadTableException] at the first limit that it meets.
///
/// @param rows the most rows
/// @param columns the most columns
/// @param cellBytes the longest cell, in bytes of the JSON text that is sent for it
/// @param bytes the most bytes of all cells together, repeats included
public record TableLimits(int rows, int columns, int cellBytes, long bytes) {
    /// Twenty million rows, 2,000 columns, 16 MiB a cell, 16 GiB in all.
    public static final TableLimits DEFAULT = new TableLimits(20_000_000, 2_000, 16 << 20, 16L << 30);

    public TableLimits {
        if (rows < 0 || columns < 1 || cellBytes < 2 || bytes < 0) {
            throw new IllegalArgumentException(
                    "a limit of a table is negative or zero: %d rows, %d columns, %d bytes a cell, %d bytes"
                            .formatted(rows, columns, cellBytes, bytes));
        }
    }
}
