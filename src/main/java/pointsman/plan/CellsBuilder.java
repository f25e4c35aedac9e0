package pointsman.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import pointsman.table.Column;
import pointsman.table.Dictionary;
import pointsman.table.Table;
import pointsman.tokens.TokenCounter;

/// Makes [Cells] of a table: chooses the columns, merges the numberings of each set, and weighs everything.
final class CellsBuilder {
    private final Table table;
    private final Weigher weigher;

    CellsBuilder(Table table, TokenCounter counter) {
        this.table = table;
        this.weigher = new Weigher(counter);
    }

    /// @param fields the columns to order, or an empty list for all
    /// @param sets lists of interchangeable columns, all among the chosen ones, no column in two lists
    Cells build(List<String> fields, List<List<String>> sets) {
        var names = fields.isEmpty() ? table.names() : List.copyOf(fields);
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("a field is named twice in " + names);
        }
        int[] source = names.stream().mapToInt(table::indexOf).toArray();
        int[] group = groups(names, sets);
        int groups = Arrays.stream(group).max().orElse(-1) + 1;
        var codes = new int[names.size()][];
        var keys = new int[groups];
        var weights = new int[groups][];
        IntStream.range(0, groups).parallel().forEach(number -> fill(number, source, group, codes, keys, weights));
        return new Cells(names, source, table.rows(), codes, group, keys, weights);
    }

    private void fill(int number, int[] source, int[] group, int[][] codes, int[] keys, int[][] weights) {
        var members = IntStream.range(0, group.length)
                .filter(column -> group[column] == number)
                .toArray();
        var first = table.column(source[members[0]]);
        keys[number] = weigher.key(first.name());
        if (members.length == 1) {
            codes[members[0]] = first.codes();
            weights[number] = weigher.values(first);
            return;
        }
        var merged = new Dictionary();
        for (int member : members) {
            codes[member] = renumbered(table.column(source[member]), merged);
        }
        weights[number] = weigher.values(new Column(first.name(), concatenated(codes, members), merged));
    }

    private static int[] renumbered(Column column, Dictionary merged) {
        var values = column.values();
        var number = new int[values.size()];
        for (int code = 0; code < number.length; code++) {
            var bytes = values.text(code).getBytes(UTF_8);
            number[code] = merged.code(bytes, 0, bytes.length);
        }
        return Arrays.stream(column.codes()).map(code -> number[code]).toArray();
    }

    private static int[] concatenated(int[][] codes, int[] members) {
        return Arrays.stream(members)
                .mapToObj(member -> codes[member])
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    /// Numbers the groups in the order of their first columns.
    private static int[] groups(List<String> names, List<List<String>> sets) {
        var group = new int[names.size()];
        Arrays.fill(group, -1);
        int next = 0;
        for (int column = 0; column < group.length; column++) {
            if (group[column] >= 0) {
                continue;
            }
            group[column] = next;
            for (String member : setOf(names.get(column), sets)) {
                group[memberIndex(names, member)] = next;
            }
            next++;
        }
        return group;
    }

    private static List<String> setOf(String name, List<List<String>> sets) {
        var holding = sets.stream().filter(set -> set.contains(name)).toList();
        if (holding.size() > 1) {
            throw new IllegalArgumentException("the column \"%s\" is in two sets".formatted(name));
        }
        return holding.isEmpty() ? List.of() : holding.getFirst();
    }

    private static int memberIndex(List<String> names, String member) {
        int index = names.indexOf(member);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "a set names the column \"%s\", which is not among %s".formatted(member, names));
        }
        return index;
    }
}
