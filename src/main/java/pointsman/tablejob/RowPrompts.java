package pointsman.tablejob;

import java.util.List;
import pointsman.job.Prompt;

/// No prompt of a table is kept: it is a row and an order, and its text is made when it is asked for.
final class RowPrompts {
    private RowPrompts() {}

    /// One row.
    ///
    /// @param columns in the order of sending
    record One(RowPrompt table, int row, int[] columns) implements Prompt {
        @Override
        public String body() {
            return table.render(row, columns);
        }
    }

    /// Several rows.
    ///
    /// @param columns in the order of sending
    record Several(RowPrompt table, List<Integer> rows, int[] columns) implements Prompt {
        Several {
            rows = List.copyOf(rows);
        }

        @Override
        public String body() {
            return table.render(rows, columns);
        }
    }
}
