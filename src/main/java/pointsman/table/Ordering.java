package pointsman.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;

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

    /// @param rows the row that is sent at each position
    /// @param fields the order of the fields of the row that is sent at each position
    static Ordering perRow(int[] rows, int[][] fields) {
        var orders = new ArrayList<int[]>();
        var seen = new IdentityHashMap<int[], Integer>();
        var equal = new HashMap<List<Integer>, Integer>();
        var orderOf = new int[rows.length];
        for (int position = 0; position < rows.length; position++) {
            orderOf[position] = seen.computeIfAbsent(
                    fields[position],
                    order -> equal.computeIfAbsent(Arrays.stream(order).boxed().toList(), _ -> {
                        orders.add(order);
                        return orders.size() - 1;
                    }));
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

    /// The inverse: at which position each row is sent.
    public int[] positions() {
        var positions = new int[rows.length];
        for (int position = 0; position < rows.length; position++) {
            positions[rows[position]] = position;
        }
        return positions;
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
