package pointsman.fleet.catalogue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The lines of a list whose columns have names.
final class Lines {
    private Lines() {}

    /// A list that lies in the jar.
    static InputStream packaged(String name) throws IOException {
        var resource = Lines.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException("the jar lacks " + name);
        }
        return resource;
    }

    /// Reads them all, and closes the list.
    ///
    /// @param name of the list, in messages
    /// @throws IllegalArgumentException if a line is none; the message names it
    static <T> List<T> read(InputStream list, String name, Function<NamedCsvRecord, T> line) throws IOException {
        try (var rows = CsvReader.builder().ofNamedCsvRecord(list)) {
            return rows.stream().map(row -> read(row, name, line)).toList();
        }
    }

    private static <T> T read(NamedCsvRecord row, String name, Function<NamedCsvRecord, T> line) {
        try {
            return line.apply(row);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "line %d of the %s: %s".formatted(row.getStartingLineNumber(), name, e.getMessage()), e);
        }
    }

    static List<String> words(String field) {
        return Arrays.stream(field.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static YearMonth month(String field) {
        return YearMonth.parse(field);
    }
}
