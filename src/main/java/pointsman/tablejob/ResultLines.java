package pointsman.tablejob;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pointsman.job.ItemAnswer;
import pointsman.job.JsonLine;
import pointsman.table.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// Answers as lines of a document. What stood in the table comes back as it stood there: values are
/// copied as the JSON that they are, and never read as numbers.
///
/// Our own columns are `row`, `answer` and `error`; one whose name the table has already gets underscores
/// before it until it has none's. So a result may be the next question's table, as often as one likes.
///
/// In CSV a cell that a spreadsheet would take for a formula gets an apostrophe before it: what models
/// and uploaders write must not run on somebody's desk.
final class ResultLines {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final CsvWriter.CsvWriterBuilder CSV =
            CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).bufferSize(0);
    private static final String FORMULA = "=+-@\t\r";
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d++(\\.\\d++)?+([eE][-+]?\\d++)?+");

    private final Optional<Table> table;
    private final List<String> names;

    /// @param table whose cells stand in every line; empty if none do
    ResultLines(Optional<Table> table) {
        this.table = table;
        this.names = names(table.map(Table::names).orElse(List.of()));
    }

    private static List<String> names(List<String> columns) {
        var taken = new HashSet<>(columns);
        var names = new ArrayList<String>(List.of(free("row", taken)));
        names.addAll(columns);
        names.addAll(List.of(free("answer", taken), free("error", taken)));
        return names;
    }

    private static String free(String wanted, Set<String> taken) {
        var name = wanted;
        while (!taken.add(name)) {
            name = "_" + name;
        }
        return name;
    }

    byte[] csvHead() {
        var taken = new HashSet<String>();
        return csv(names.stream().map(name -> free(harmless(name), taken))).getBytes(UTF_8);
    }

    String csv(ItemAnswer answer) {
        return csv(values(answer).stream().map(ResultLines::harmless));
    }

    private static String csv(Stream<String> cells) {
        var line = new StringWriter();
        CSV.build(line).writeRecord(cells.toList());
        return line.toString();
    }

    String json(ItemAnswer answer) {
        var line = JSON.createObjectNode().put(names.getFirst(), answer.item());
        var cells = cells(answer);
        for (int column = 0; column < cells.size(); column++) {
            line.putRawValue(names.get(column + 1), new RawValue(JsonLine.of(cells.get(column))));
        }
        line.putRawValue(names.get(cells.size() + (answer.isGood() ? 1 : 2)), new RawValue(JsonLine.of(answer.body())));
        return JSON.writeValueAsString(line) + "\n";
    }

    ParquetResults parquet() {
        return new ParquetResults(names, this::values);
    }

    /// The table's cells in an answer's row, as JSON.
    private List<String> cells(ItemAnswer answer) {
        return table.map(cells -> IntStream.range(0, cells.names().size())
                        .mapToObj(column -> cells.cell(answer.item(), column))
                        .toList())
                .orElse(List.of());
    }

    /// The values of a line, as texts; a value that is not there is empty.
    private List<String> values(ItemAnswer answer) {
        var values = new ArrayList<String>(List.of(Integer.toString(answer.item())));
        cells(answer).stream().map(ResultLines::plain).forEach(values::add);
        values.add(answer.isGood() ? plain(answer.body()) : "");
        values.add(answer.isGood() ? "" : error(JSON.readTree(answer.body())));
        return values;
    }

    private static String error(JsonNode failure) {
        return "%s: %s"
                .formatted(
                        failure.path("code").asString(""),
                        failure.path("message").asString(""));
    }

    private static String plain(String json) {
        return json.equals("null")
                ? ""
                : json.startsWith("\"") ? JSON.readTree(json).asString() : json;
    }

    /// Numbers are harmless whatever they begin with.
    private static String harmless(String text) {
        var isFormula = !text.isEmpty()
                && FORMULA.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return isFormula ? "'" + text : text;
    }
}
