package pointsman.tablejob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pointsman.access.TierPolicy;
import pointsman.job.Question;
import pointsman.route.Decision;
import pointsman.table.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Rows that share a prompt, asked of a model that answers in the form in which it is asked.
class PackingTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Decision DECISION = new Decision.Pinned("small", TierPolicy.By.MODEL);

    @Test
    void everyRowGetsItsOwnAnswerHoweverThePacksComeOut() {
        for (int rows = 1; rows <= 9; rows++) {
            for (int pack = 1; pack <= 5; pack++) {
                for (int different = 1; different <= rows; different += 3) {
                    var spec = spec(
                            "{\"pack\": %d, \"orders\": \"per-row\", \"temperature\": %d}".formatted(pack, rows % 2));

                    assertThat(answers(table(rows, different), spec))
                            .as("%d rows, %d of them different, in packs of %d", rows, different, pack)
                            .containsExactlyElementsOf(texts(rows, different));
                }
            }
        }
    }

    @Test
    void aPackOfOneIsAskedLikeAnyOtherRow() {
        var packed = questions(table(5, 5), spec("{\"pack\": 4}"));
        var single = questions(table(5, 5), spec("{}"));

        assertThat(packed).hasSize(2);
        assertThat(packed.getLast().body()).isEqualTo(single.getLast().body());
    }

    @Test
    void aColumnThatIsCalledLikeTheListOfRowsIsNotMistakenForIt() {
        var table = Table.ofTexts(List.of("rows", "t"), List.of(List.of("same", "a"), List.of("same", "b")));

        var prompt = user(questions(table, spec("{\"pack\": 2}")).getFirst());

        assertThat(prompt.path("rows"))
                .hasSize(2)
                .allMatch(row -> row.path("rows").asString().equals("same"));
        assertThat(prompt.size()).isEqualTo(1);
    }

    private static List<String> answers(Table table, TableSpec spec) {
        var answers = new TreeMap<Integer, String>();
        for (var question : questions(table, spec)) {
            var body = "{\"choices\": [{\"message\": {\"content\": %s}, \"finish_reason\": \"stop\"}]}"
                    .formatted(JSON.writeValueAsString(obedient(question)));
            new RowReplies(spec.output())
                    .read(question, body.getBytes(UTF_8))
                    .forEach(answer -> answers.put(
                            answer.item(), JSON.readTree(answer.body()).asString()));
        }
        return List.copyOf(answers.values());
    }

    private static List<Question> questions(Table table, TableSpec spec) {
        var input = TableInput.of(table, spec);
        var rows = IntStream.range(0, table.rows()).toArray();
        return new RowQuestions(input, rows, Collections.nCopies(rows.length, DECISION)).planned();
    }

    /// Answers with each row's `t`: as a list if it is told to, else as a word.
    private static String obedient(Question question) {
        var request = JSON.readTree(question.body());
        var user = (ObjectNode) user(question);
        if (!request.at("/messages/0/content").asString().contains("{\"answers\": [...]}")) {
            return user.path("t").asString();
        }
        var list = JSON.createObjectNode();
        var shared = user.path("t");
        user.path("rows").forEach(row -> list.withArray("answers").add(row.has("t") ? row.path("t") : shared));
        return list.toString();
    }

    private static JsonNode user(Question question) {
        return JSON.readTree(
                JSON.readTree(question.body()).at("/messages/1/content").asString());
    }

    private static TableSpec spec(String options) {
        var spec = JSON.createObjectNode().put("instruction", "Say t.");
        return TableSpecJson.read(spec.set("options", JSON.readTree(options)), 8);
    }

    private static Table table(int rows, int different) {
        return Table.ofTexts(
                List.of("g", "t"),
                texts(rows, different).stream()
                        .map(text -> List.of("g" + text.length() % 2, text))
                        .toList());
    }

    private static List<String> texts(int rows, int different) {
        return IntStream.range(0, rows)
                .mapToObj(row -> "text " + "x".repeat(row % different))
                .toList();
    }
}
