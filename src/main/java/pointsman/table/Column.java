package pointsman.table;

/// One column: its name, one code per row, and the distinct values that the codes name.
public record Column(String name, int[] codes, Dictionary values) {
    int code(int row) {
        return codes[row];
    }
}
