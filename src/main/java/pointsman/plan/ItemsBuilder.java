package pointsman.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Makes [Items] of [Cells] in two passes: number every cell, then keep and renumber those that repeat.
final class ItemsBuilder {
    private final Cells cells;
    private final int width;
    private final int[] base;
    private final boolean[] isSet;
    private final Map<Integer, Integer> next = new HashMap<>();
    private int[] occurrences;
    private int[] origin;
    private int numbers;

    ItemsBuilder(Cells cells) {
        this.cells = cells;
        this.width = cells.width();
        this.base = bases(cells.weights());
        this.isSet = sets(cells.group(), base.length - 1);
        this.numbers = base[base.length - 1];
        this.occurrences = new int[numbers];
        this.origin = new int[0];
    }

    Items build() {
        var all = new int[Math.multiplyExact(cells.rows(), width)];
        for (int row = 0; row < cells.rows(); row++) {
            number(row, all, row * width);
        }
        return renumbered(all);
    }

    private void number(int row, int[] all, int from) {
        for (int column = 0; column < width; column++) {
            int group = cells.group()[column];
            int item = base[group] + cells.codes()[column][row];
            while (isSet[group] && contains(all, from, from + column, item)) {
                item = next.computeIfAbsent(item, this::another);
            }
            all[from + column] = item;
            occurrences[item]++;
        }
    }

    private static boolean contains(int[] items, int from, int to, int item) {
        for (int i = from; i < to; i++) {
            if (items[i] == item) {
                return true;
            }
        }
        return false;
    }

    /// A new number for the next occurrence of an item in one row.
    private int another(int item) {
        int extra = numbers - base[base.length - 1];
        occurrences = Arrays.copyOf(occurrences, Math.max(occurrences.length, numbers * 2));
        origin = Arrays.copyOf(origin, Math.max(origin.length, extra * 2 + 1));
        origin[extra] = item < base[base.length - 1] ? item : origin[item - base[base.length - 1]];
        return numbers++;
    }

    private Items renumbered(int[] all) {
        var number = new int[numbers];
        int kept = 0;
        for (int item = 0; item < numbers; item++) {
            number[item] = occurrences[item] > 1 ? kept++ : -1;
        }
        var start = new int[cells.rows() + 1];
        int count = 0;
        for (int row = 0; row < cells.rows(); row++) {
            for (int i = row * width; i < (row + 1) * width; i++) {
                if (number[all[i]] >= 0) {
                    all[count++] = number[all[i]];
                }
            }
            start[row + 1] = count;
            Arrays.sort(all, start[row], count);
        }
        return described(start, Arrays.copyOf(all, count), number, kept);
    }

    private Items described(int[] start, int[] items, int[] number, int kept) {
        var weight = new int[kept];
        var group = new int[kept];
        var code = new int[kept];
        int of = 0;
        for (int item = 0; item < numbers; item++) {
            if (number[item] < 0) {
                continue;
            }
            int plain = item < base[base.length - 1] ? item : origin[item - base[base.length - 1]];
            of = plain < base[of] ? 0 : of;
            while (plain >= base[of + 1]) {
                of++;
            }
            group[number[item]] = of;
            code[number[item]] = plain - base[of];
            weight[number[item]] = cells.keys()[of] + cells.weights()[of][plain - base[of]];
        }
        return new Items(start, items, weight, group, code);
    }

    private static int[] bases(int[][] weights) {
        var base = new int[weights.length + 1];
        for (int group = 0; group < weights.length; group++) {
            base[group + 1] = Math.addExact(base[group], weights[group].length);
        }
        return base;
    }

    private static boolean[] sets(int[] group, int groups) {
        var columns = new int[groups];
        Arrays.stream(group).forEach(number -> columns[number]++);
        var sets = new boolean[groups];
        for (int number = 0; number < groups; number++) {
            sets[number] = columns[number] > 1;
        }
        return sets;
    }
}
