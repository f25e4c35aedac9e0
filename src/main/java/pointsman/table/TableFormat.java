package pointsman.table;

import java.nio.file.Path;
import java.util.Locale;

/// How the bytes of a table are to be read.
public sealed interface TableFormat {
    /// RFC 4180 with a header line, and any delimiter; UTF-8, or UTF-16 with a byte order mark.
    record Csv(char delimiter) implements TableFormat {}

    /// One JSON object a line, in UTF-8.
    record JsonLines() implements TableFormat {}

    /// Apache Parquet with flat columns.
    record Parquet() implements TableFormat {}

    /// The format that the name of a file tells: `.csv`, `.tsv`, `.jsonl`, `.ndjson` or `.parquet`, the texts
    /// also as `.gz`.
    ///
    /// @throws BadTableException if the name ends in none of them
    static TableFormat of(Path file) throws BadTableException {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        var plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        var ending = plain.substring(plain.lastIndexOf('.') + 1);
        return switch (ending) {
            case "csv" -> new Csv(',');
            case "tsv" -> new Csv('\t');
            case "jsonl", "ndjson" -> new JsonLines();
            case "parquet" -> new Parquet();
            default ->
                throw new BadTableException(
                        "cannot tell the format of \"%s\": its name ends in none of .csv, .tsv, .jsonl, .ndjson, .parquet"
                                .formatted(name));
        };
    }
}
