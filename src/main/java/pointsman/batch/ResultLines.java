package pointsman.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.table.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers as lines of a document.
///
/// In CSV a cell that a spreadsheet would take for a formula gets an apostrophe before it: what models and
/// uploaders write must not run on somebody's desk.
///
/// @param table whose cells stand in every line; empty if none do
record ResultLines(Optional<Table> table) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FORMULA = "=+-@\t\r";

    byte[] csvHead() {
        return (names().stream().map(ResultLines::cell).collect(Collectors.joining(",")) + "\r\n").getBytes(UTF_8);
    }

    String csv(Answer answer) {
        return values(answer).stream().map(ResultLines::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    String json(Answer answer) {
        var line = JSON.createObjectNode().put("row", answer.item());
        table.ifPresent(cells -> IntStream.range(0, cells.names().size())
                .forEach(column ->
                        line.set(cells.names().get(column), JSON.readTree(cells.cell(answer.item(), column)))));
        line.set(answer.isGood() ? "answer" : "error", JSON.readTree(answer.body()));
        return JSON.writeValueAsString(line) + "\n";
    }

    ParquetResults parquet() {
        return new ParquetResults(names(), this::values);
    }

    private List<String> names() {
        var names = new ArrayList<String>(List.of("row"));
        table.ifPresent(cells -> names.addAll(cells.names()));
        names.addAll(List.of("answer", "error"));
        return names;
    }

    /// The values of a line, as texts; a value that is not there is empty.
    private List<String> values(Answer answer) {
        var values = new ArrayList<String>(List.of(Integer.toString(answer.item())));
        table.ifPresent(cells -> IntStream.range(0, cells.names().size())
                .mapToObj(column -> plain(JSON.readTree(cells.cell(answer.item(), column))))
                .forEach(values::add));
        var body = JSON.readTree(answer.body());
        values.add(answer.isGood() ? plain(body) : "");
        values.add(
                answer.isGood()
                        ? ""
                        : "%s: %s"
                                .formatted(
                                        body.path("code").asString(""),
                                        body.path("message").asString("")));
        return values;
    }

    private static String plain(JsonNode value) {
        return value.isNull() ? "" : value.isString() ? value.asString() : value.toString();
    }

    static String cell(String text) {
        var isFormula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 && !isNumber(text);
        var safe = isFormula ? "'" + text : text;
        var isPlain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d{1,30}(\\.\\d{1,30})?([eE][-+]?\\d{1,3})?");
    }
}
