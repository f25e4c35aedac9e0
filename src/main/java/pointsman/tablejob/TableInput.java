package pointsman.tablejob;

import java.util.List;
import java.util.stream.IntStream;
import pointsman.table.Table;

/// A table job's table and wishes, checked against each other.
///
/// @param table as it was sent
/// @param spec what is asked
/// @param columns the indices of the columns that are sent, in the given order
record TableInput(Table table, TableSpec spec, int[] columns) {
    /// @throws pointsman.failure.FailureException a `BadRequest` if the job names what the table lacks
    static TableInput of(Table table, TableSpec spec) {
        var names = spec.columnsOf(table.names());
        return new TableInput(
                table, spec, names.stream().mapToInt(table::indexOf).toArray());
    }

    /// The names of the columns that are sent.
    List<String> columnNames() {
        return IntStream.of(columns).mapToObj(table.names()::get).toList();
    }
}
