package pointsman.plan;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/// In which order the rows are sent, and in which order each row's fields stand in its prompt.
///
/// Rows are numbers of the table's rows; fields are numbers of the chosen columns. Different field orders are
/// kept once, in a numbered list, so a plan takes two `int`s a row and what the orders take.
public final class Ordering {
    private final int[] rows;
    private final int[] orderOf;
    private final int[][] orders;

    private Ordering(int[] rows, int[] orderOf, int[][] orders) {
        this.rows = rows;
        this.orderOf = orderOf;
        this.orders = orders;
    }

    /// Every row in the given order, every field in the given order.
    static Ordering given(int rows, int width) {
        return fixed(identity(rows), identity(width));
    }

    /// One field order for all rows.
    static Ordering fixed(int[] rows, int[] order) {
        return new Ordering(rows, new int[rows.length], new int[][] {order});
    }

    /// Orderings of different rows of one table, one after the other.
    static Ordering joined(List<Ordering> pieces) {
        return perRow(
                pieces.stream().flatMapToInt(piece -> IntStream.of(piece.rows)).toArray(),
                pieces.stream()
                        .flatMap(piece -> IntStream.range(0, piece.size()).mapToObj(piece::order))
                        .toArray(int[][]::new));
    }

    /// @param rows the row that is sent at each position
    /// @param fields the order of the fields of the row that is sent at each position
    static Ordering perRow(int[] rows, int[][] fields) {
        var orders = new ArrayList<int[]>();
        var numbers = new HashMap<IntBuffer, Integer>();
        var orderOf = new int[rows.length];
        for (int position = 0; position < rows.length; position++) {
            var known = numbers.putIfAbsent(IntBuffer.wrap(fields[position]), orders.size());
            orderOf[position] = known == null ? orders.size() : known;
            if (known == null) {
                orders.add(fields[position]);
            }
        }
        return new Ordering(rows, orderOf, orders.toArray(int[][]::new));
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
        return order(position).clone();
    }

    /// The number of that order, from 0; positions with equal field orders have equal numbers.
    public int fieldOrder(int position) {
        return orderOf[position];
    }

    /// How many different field orders there are.
    public int fieldOrders() {
        return orders.length;
    }

    /// The positions from `from` to before `to`.
    Ordering piece(int from, int to) {
        return new Ordering(Arrays.copyOfRange(rows, from, to), Arrays.copyOfRange(orderOf, from, to), orders);
    }

    /// The same for a table that has just these rows, in this order.
    Ordering renumbered() {
        return new Ordering(identity(rows.length), orderOf, orders);
    }

    /// The same where the row of each number is another.
    Ordering of(int[] other) {
        return new Ordering(IntStream.of(rows).map(row -> other[row]).toArray(), orderOf, orders);
    }

    /// The row that is sent at each position. The caller must not change it.
    int[] rows() {
        return rows;
    }

    int[] order(int position) {
        return orders[orderOf[position]];
    }

    static int[] identity(int size) {
        var identity = new int[size];
        Arrays.setAll(identity, i -> i);
        return identity;
    }
}
