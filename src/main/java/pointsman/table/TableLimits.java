package pointsman.table;

/// What a table may cost at most. Every reader stops with a [BadTableException] at the first limit that it meets.
///
/// @param rows the most rows, and the most lines without one
/// @param columns the most columns
/// @param cellBytes the longest cell, in bytes of the JSON text that is sent for it
/// @param bytes the most bytes of all cells together, repeats included
/// @param unpackedBytes the most bytes of a file once it is unpacked, whether they hold cells or not
public record TableLimits(int rows, int columns, int cellBytes, long bytes, long unpackedBytes) {
    /// Twenty million rows, 2,000 columns, 16 MiB a cell, 16 GiB in all, 64 GiB unpacked.
    public static final TableLimits DEFAULT = new TableLimits(20_000_000, 2_000, 16 << 20, 16L << 30);

    public TableLimits {
        if (rows < 0 || columns < 1 || cellBytes < 2 || bytes < 0 || unpackedBytes < 0) {
            throw new IllegalArgumentException(
                    "a limit of a table is negative or zero: %d rows, %d columns, %d bytes a cell, %d bytes, %d unpacked"
                            .formatted(rows, columns, cellBytes, bytes, unpackedBytes));
        }
    }

    /// The same limits, and room for four times as many bytes around the cells.
    public TableLimits(int rows, int columns, int cellBytes, long bytes) {
        this(rows, columns, cellBytes, bytes, Math.max(1 << 20, 4 * bytes));
    }
}
