package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import pointsman.cache.ProviderCache;
import pointsman.fleet.Model;
import pointsman.job.Destinations;
import pointsman.job.Question;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.table.Table;
import pointsman.table.TableFormat;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;
import pointsman.usage.Price;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What reordering may never change: which rows are asked, and what is said of each.
class TablePlannerTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> VALUES = List.of(
            "\"a\"", "\"b\"", "\"\"", "null", "1", "1.0", "\"}, {\\\"x\\\": \\\"\"", "[1, 2]", "\"ä\\n\"", "true");

    @Property(tries = 10_000)
    void everyRowIsSentOnceWithAllItsCellsAndNoOthers(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var table = table(random);
        var spec = TableSpecJson.read(spec(random), 8);
        var input = TableInput.of(table, spec);
        var decisions = IntStream.range(0, table.rows())
                .<Grounds>mapToObj(_ -> new Decision.Scored(
                        random.nextBoolean() ? "small" : "large", "auto", random.nextDouble(), 0.5, ""))
                .toList();

        var plan = planner().plan(input, decisions);

        var asked = new ArrayList<Integer>();
        for (var part : plan.parts()) {
            for (var question : part.sending().questions()) {
                assertThat(question.upstream()).isEqualTo(part.sending().upstream());
                var said = said(question);
                for (int group = 0; group < question.groups().size(); group++) {
                    for (int row : question.groups().get(group)) {
                        asked.add(row);
                        assertThat(decisions.get(row).model())
                                .isEqualTo(part.sending().upstream());
                        assertThat(said.get(group)).isEqualTo(cells(input, row));
                    }
                }
            }
        }
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, table.rows()).boxed().toList());
    }

    /// A table of up to 12 rows and 5 columns whose cells often repeat.
    private static Table table(Random random) throws IOException {
        int columns = 1 + random.nextInt(5);
        int different = 1 + random.nextInt(VALUES.size());
        var lines = new StringBuilder();
        for (int row = random.nextInt(13); row > 0; row--) {
            var cells = IntStream.range(0, columns)
                    .mapToObj(column -> "\"c%d\": %s".formatted(column, VALUES.get(random.nextInt(different))))
                    .toList();
            lines.append('{').append(String.join(", ", cells)).append("}\n");
        }
        var file = Files.createTempFile("table", ".jsonl");
        try {
            Files.writeString(file, lines.isEmpty() ? "{\"c0\": 1}\n" : lines);
            return new TableReader(TableLimits.DEFAULT).read(file, new TableFormat.JsonLines());
        } finally {
            Files.delete(file);
        }
    }

    private static ObjectNode spec(Random random) {
        var spec = JSON.createObjectNode().put("instruction", "Is it good?");
        var options = spec.putObject("options")
                .put("orders", random.nextInt(8) > 0 ? "fixed" : "per-row")
                .put("pack", 1 + random.nextInt(3))
                .put("lanes", random.nextInt(4));
        if (random.nextBoolean()) {
            options.put("temperature", 0);
        }
        return spec;
    }

    private static TablePlanner planner() throws IOException {
        var cache = ProviderCache.packaged().stream()
                .filter(known -> known.name().equals("vLLM"))
                .findFirst()
                .orElseThrow();
        var routes = SampleRoutes.of(upstream("small"), upstream("large"));
        return new TablePlanner(
                new Destinations(routes.router(SampleRoutes.scoring(0.9)), routes.models(), _ -> cache, _ -> 4));
    }

    private static Model upstream(String name) {
        var price = new Price(BigDecimal.ONE, new BigDecimal("0.1"), BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN);
        return SampleModel.named(name).costing(price).model();
    }

    /// For each group of a question the cells that its prompt states, by column.
    private static List<Map<String, JsonNode>> said(Question question) {
        var content = JSON.readTree(question.body()).path("messages").path(1).path("content");
        var user = (ObjectNode) JSON.readTree(content.asString());
        if (!user.has("rows")) {
            return List.of(fields(user));
        }
        var rows = user.remove("rows");
        return rows.valueStream()
                .map(row -> {
                    var cells = fields(user);
                    cells.putAll(fields(row));
                    return cells;
                })
                .toList();
    }

    private static Map<String, JsonNode> cells(TableInput input, int row) {
        var cells = new TreeMap<String, JsonNode>();
        for (int column : input.columns()) {
            cells.put(
                    input.table().names().get(column),
                    JSON.readTree(input.table().cell(row, column)));
        }
        return cells;
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        var fields = new TreeMap<String, JsonNode>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
