package pointsman.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Algorithm 1 of the GGR paper as it is printed: every step scores every value of every column anew.
final class NaiveGgr {
    private final Cells cells;
    private final int[][] implied;
    private final int[] statistics;
    private final List<Integer> rows = new ArrayList<>();
    private final List<int[]> fields = new ArrayList<>();

    private NaiveGgr(Cells cells, Dependencies dependencies) {
        this.cells = cells;
        this.implied = dependencies.implied();
        this.statistics = ColumnStatistics.order(cells);
    }

    static Ordering solve(Cells cells) {
        return solve(cells, Dependencies.of(cells));
    }

    static Ordering solve(Cells cells, Dependencies dependencies) {
        var run = new NaiveGgr(cells, dependencies);
        run.order(
                Arrays.stream(Ordering.identity(cells.rows())).boxed().toList(),
                List.of(),
                Arrays.stream(Ordering.identity(cells.width())).boxed().toList());
        return Ordering.perRow(run.rows.stream().mapToInt(i -> i).toArray(), run.fields.toArray(int[][]::new));
    }

    private void order(List<Integer> members, List<Integer> front, List<Integer> columns) {
        double most = 0;
        int bestColumn = -1;
        int bestCode = -1;
        for (int column : columns) {
            for (int code : members.stream()
                    .map(row -> cells.codes()[column][row])
                    .distinct()
                    .toList()) {
                double score = score(members, columns, column, code);
                if (score > most) {
                    most = score;
                    bestColumn = column;
                    bestCode = code;
                }
            }
        }
        if (bestColumn < 0) {
            emit(members, front, columns);
            return;
        }
        int column = bestColumn;
        int code = bestCode;
        var brought = new ArrayList<>(List.of(column));
        IntStream.of(implied[column]).filter(columns::contains).forEach(brought::add);
        var group = members.stream()
                .filter(row -> cells.codes()[column][row] == code)
                .toList();
        var longer = new ArrayList<>(front);
        longer.addAll(brought);
        order(group, longer, columns.stream().filter(c -> !brought.contains(c)).toList());
        order(members.stream().filter(row -> cells.codes()[column][row] != code).toList(), front, columns);
    }

    private double score(List<Integer> members, List<Integer> columns, int column, int code) {
        var group = members.stream()
                .filter(row -> cells.codes()[column][row] == code)
                .toList();
        double length = square(cells.value(column, group.getFirst()));
        for (int other : implied[column]) {
            if (columns.contains(other)) {
                length += square(group.stream()
                        .mapToInt(row -> cells.value(other, row))
                        .average()
                        .orElse(0));
            }
        }
        return length * (group.size() - 1);
    }

    private void emit(List<Integer> members, List<Integer> front, List<Integer> columns) {
        var order = new ArrayList<>(front);
        IntStream.of(statistics).filter(columns::contains).forEach(order::add);
        var fieldOrder = order.stream().mapToInt(i -> i).toArray();
        members.forEach(row -> {
            rows.add(row);
            fields.add(fieldOrder);
        });
    }

    private static double square(double length) {
        return length * length;
    }
}
