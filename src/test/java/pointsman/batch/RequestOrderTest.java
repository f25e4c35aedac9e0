package pointsman.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import pointsman.access.TierPolicy;
import pointsman.job.Endpoint;
import pointsman.job.Question;
import pointsman.plan.PlanOptions.Orders;
import pointsman.route.Decision;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the order of a batch may and may not change.
class RequestOrderTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final RequestOrder ORDER = new RequestOrder(Endpoint.CHAT);

    @Property(tries = 300)
    void aRequestKeepsEveryFieldAndEverythingAroundThem(@ForAll long seed) {
        var random = new Random(seed);
        var questions = questions(random);
        var orders = random.nextBoolean() ? Orders.FIXED : Orders.PER_ROW;

        var sent = ORDER.reordered(questions, orders);

        assertThat(sent).hasSameSizeAs(questions);
        var written = byItem(questions);
        byItem(sent).forEach((item, question) -> {
            assertThat(parts(question)).isEqualTo(parts(written.getOrDefault(item, question)));
            assertThat(question.grounds())
                    .isEqualTo(written.getOrDefault(item, question).grounds());
        });
        assertThat(byItem(sent).keySet()).isEqualTo(written.keySet());
    }

    @Property(tries = 100)
    void withoutTheClientsLeaveEveryRequestKeepsItsBytes(@ForAll long seed) {
        var questions = questions(new Random(seed));

        assertThat(ORDER.asWritten(questions)).containsExactlyInAnyOrderElementsOf(questions);
    }

    @Test
    void fieldsOfOneShapeComeIntoOneOrderInWhichNeighboursShare() {
        var questions = IntStream.range(0, 8)
                .mapToObj(n ->
                        json(n, "Judge: {\"id\": %d, \"style\": \"an IPA as it is brewed in the west\"}.".formatted(n)))
                .toList();

        var sent = ORDER.reordered(questions, Orders.FIXED);

        assertThat(sent)
                .allSatisfy(question -> assertThat(content(question))
                        .startsWith("Judge: {\"style\": \"an IPA as it is brewed in the west\", \"id\": ")
                        .endsWith("}."));
    }

    @Test
    void linesMoveAsMembersDo() {
        var questions = IntStream.range(0, 8)
                .mapToObj(n -> json(n, "Judge this.\nid: %d\nstyle: an IPA as it is brewed\n\nAnswer:".formatted(n)))
                .toList();

        var sent = ORDER.reordered(questions, Orders.FIXED);

        assertThat(content(sent.getFirst())).isEqualTo("Judge this.\nstyle: an IPA as it is brewed\nid: 0\n\nAnswer:");
    }

    @Test
    void whatIsNestedKeepsItsOrderAndItsBytes() {
        var inner = "{ \"b\":1.50,\"a\" : [3,{\"z\":0,\"y\":\"\\u00e9\"}] }";
        var questions = IntStream.range(0, 6)
                .mapToObj(n -> json(n, "{\"id\": %d, \"same\": %s}".formatted(n, inner)))
                .toList();

        var sent = ORDER.reordered(questions, Orders.FIXED);

        assertThat(content(sent.getFirst())).isEqualTo("{\"same\": %s, \"id\": 0}".formatted(inner));
    }

    @Test
    void anObjectThatIsTheValueOfALineIsNoTable() {
        var fields = FieldText.of("id: 1\nrow: {\"a\": 1, \"b\": 2}").orElseThrow();

        assertThat(fields.fields()).extracting(FieldText.Field::name).containsExactly("id", "row");
    }

    @Test
    void requestsOfAnotherInstructionOrOtherKeysAreAnotherShape() {
        var left = ShapedRequest.of(json(0, "Judge: {\"a\": 1, \"b\": 2}")).orElseThrow();

        for (var other :
                List.of("Rate: {\"a\": 1, \"b\": 2}", "Judge: {\"a\": 1, \"c\": 2}", "Judge: {\"a\": 1, \"b\": 2}!")) {
            assertThat(ShapedRequest.of(json(1, other)).orElseThrow().shape()).isNotEqualTo(left.shape());
        }
        assertThat(ShapedRequest.of(json(1, "Judge: {\"b\": 7, \"a\": 8}"))
                        .orElseThrow()
                        .shape())
                .isEqualTo(left.shape());
    }

    @Test
    void textsWithoutFieldsAndDoubledKeysHaveNoShape() {
        for (var text : List.of(
                "",
                "hello",
                "{",
                "{}",
                "{\"a\": 1}",
                "{\"a\": 1, \"a\": 2}",
                "[1, 2]",
                "a: 1",
                "[{\"a\": 1, \"b\": 2}]",
                "{x: {\"a\": 1, \"b\": 2}}",
                "{\"a\": 1, \"b\": 2} {\"a\": 1, \"b\": 2}")) {
            assertThat(ShapedRequest.of(json(0, text))).as(text).isEmpty();
        }
    }

    /// Requests of several shapes, and of none.
    private static List<Question> questions(Random random) {
        var frames = List.of("Judge: %s", "%s", "Say {x} of this.\n%s\n\nAnswer:");
        return IntStream.range(0, 1 + random.nextInt(20))
                .mapToObj(item -> json(
                        item,
                        frames.get(random.nextInt(3)).formatted(random.nextBoolean() ? object(random) : lines(random))))
                .toList();
    }

    private static String object(Random random) {
        return names(random).stream()
                .map(name -> "\"%s\"%s%s".formatted(name, random.nextInt(9) == 0 ? " : " : ": ", value(random)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String lines(Random random) {
        return names(random).stream().map(name -> name + ": " + value(random)).collect(Collectors.joining("\n"));
    }

    private static List<String> names(Random random) {
        var names = new ArrayList<>(List.of("id", "style", "brewery"));
        if (random.nextInt(3) == 0) {
            Collections.shuffle(names, random);
        }
        return names;
    }

    private static String value(Random random) {
        var values = List.of(
                "1", "1.0", "null", "\"\"", "\"an \\\"IPA\\\", {it: is}\"", "{\"b\": 1, \"a\": [2, \"}\"]}", "[]");
        return values.get(random.nextInt(values.size()));
    }

    private static Question json(int item, String text) {
        var body = "{\"model\": \"small\", \"seed\": %d, \"messages\": [{\"role\": \"user\", \"content\": %s}]}"
                .formatted(item, JSON.writeValueAsString(text));
        return new Question(List.of(List.of(item)), body, new Decision.Pinned("small", TierPolicy.By.MODEL));
    }

    private static String content(Question question) {
        return JSON.readTree(question.body()).at("/messages/0/content").asString();
    }

    private static Map<Integer, Question> byItem(List<Question> questions) {
        var byItem = new HashMap<Integer, Question>();
        questions.forEach(question -> byItem.put(question.groups().getFirst().getFirst(), question));
        return byItem;
    }

    /// All that a request says, but for the order of its fields: what is beside the message, and of the
    /// message its lines, where the one that holds an object stands as its members and what is around it.
    private static List<String> parts(Question question) {
        var request = (ObjectNode) JSON.readTree(question.body());
        var parts = new ArrayList<String>();
        for (var line : content(question).split("\n", -1)) {
            int from = line.indexOf("{\"");
            if (from < 0 || line.matches("(Judge: )?(id|style|brewery): .*")) {
                parts.add(line);
                continue;
            }
            int to = line.lastIndexOf('}') + 1;
            parts.add(line.substring(0, from) + line.substring(to));
            JSON.readTree(line.substring(from, to))
                    .properties()
                    .forEach(member -> parts.add(member.getKey() + "=" + member.getValue()));
        }
        Collections.sort(parts);
        request.remove("messages");
        parts.add(request.toString());
        return parts;
    }
}
