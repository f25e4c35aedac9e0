package pointsman.plan;

import java.util.stream.IntStream;

/// A table as a system of sets: each row is the sorted list of its *items*, the cells that occur in another row
/// too.
///
/// Cells that occur once can never hit and are left out, which makes most rows short. Within a set of
/// interchangeable columns a value is the same item in any of them; its second occurrence in one row is an item
/// of its own, so that the intersection of two rows counts it as often as both have it.
///
/// @param start where the items of each row begin in `items`; one entry more than there are rows
/// @param items the items of all rows, row by row, ascending in each
/// @param weight by item: the tokens of key and value
/// @param group by item: the group of the column that it belongs to
/// @param code by item: the code of its value in that group
record Items(int[] start, int[] items, int[] weight, int[] group, int[] code) {
    int rows() {
        return start.length - 1;
    }

    int count() {
        return weight.length;
    }

    /// The items that every row has.
    int[] everywhere() {
        var rows = new int[count()];
        for (int item : items) {
            rows[item]++;
        }
        return IntStream.range(0, count()).filter(item -> rows[item] == rows()).toArray();
    }

    static Items of(Cells cells) {
        return new ItemsBuilder(cells).build();
    }
}
