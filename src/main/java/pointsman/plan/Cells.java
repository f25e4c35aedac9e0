package pointsman.plan;

import java.util.List;

/// What the solvers see of a table: the chosen columns, their codes, and what each cell weighs in tokens.
///
/// Columns that were declared interchangeable form a *set*: they share one numbering of values, one kind of key
/// and so one `group`. Any other column is a group of its own. Two cells at the same position of two prompts are
/// equal when their groups and their codes are.
///
/// @param names the names of the chosen columns
/// @param source the index of each chosen column in the table
/// @param rows the number of rows
/// @param codes by column and row: which of the group's values the cell has
/// @param group by column: the number of its group, from 0
/// @param keys by group: the tokens of the key, ` "key": "`
/// @param weights by group and code: the tokens of the value, `value",`
record Cells(List<String> names, int[] source, int rows, int[][] codes, int[] group, int[] keys, int[][] weights) {
    int width() {
        return codes.length;
    }

    int key(int column) {
        return keys[group[column]];
    }

    int value(int column, int row) {
        return weights[group[column]][codes[column][row]];
    }

    /// The cells of these rows only, in this order. Codes keep their meaning.
    Cells select(int[] chosen) {
        var selected = new int[width()][chosen.length];
        for (int column = 0; column < width(); column++) {
            for (int i = 0; i < chosen.length; i++) {
                selected[column][i] = codes[column][chosen[i]];
            }
        }
        return new Cells(names, source, chosen.length, selected, group, keys, weights);
    }

    /// The tokens of one row's cells with their keys.
    int tokens(int row) {
        int total = 0;
        for (int column = 0; column < width(); column++) {
            total += key(column) + value(column, row);
        }
        return total;
    }

    /// The same by row.
    int[] sizes() {
        var sizes = new int[rows];
        for (int column = 0; column < width(); column++) {
            for (int row = 0; row < rows; row++) {
                sizes[row] += key(column) + value(column, row);
            }
        }
        return sizes;
    }

    /// The tokens of all cells with their keys.
    long tokens() {
        long total = 0;
        for (int column = 0; column < width(); column++) {
            total += (long) rows * key(column);
            int[] weight = weights[group[column]];
            for (int code : codes[column]) {
                total += weight[code];
            }
        }
        return total;
    }
}
