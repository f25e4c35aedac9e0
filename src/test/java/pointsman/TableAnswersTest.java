package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a table job makes of what models really send, in both dialects of upstreams.
@Timeout(60)
class TableAnswersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Gateway GATEWAY = Gateway.mixed();

    private final Jobs jobs = new Jobs(GATEWAY.client());

    @BeforeAll
    static void modelsEndInManyWays() {
        GATEWAY.small()
                .on(
                        "chat",
                        (exchange, ending) -> exchange.json(
                                200,
                                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"partial\"},\"finish_reason\":\"%s\"}]}"
                                        .formatted(ending)));
        GATEWAY.small()
                .on(
                        "deep",
                        (exchange, _) -> exchange.json(
                                200,
                                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"}}],\"x\":%s%s}"
                                        .formatted("[".repeat(900), "]".repeat(900))));
        GATEWAY.large()
                .on(
                        "messages",
                        (exchange, ending) -> exchange.json(
                                200,
                                "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"partial\"}],\"stop_reason\":\"%s\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"
                                        .formatted(ending)));
        GATEWAY.small()
                .on(
                        "obey",
                        (exchange, _) -> exchange.json(
                                200,
                                "{\"choices\":[{\"index\":0,\"message\":{\"content\":%s},\"finish_reason\":\"stop\"}]}"
                                        .formatted(JSON.writeValueAsString(
                                                obedient(exchange.call().json())))));
    }

    @ParameterizedTest
    @CsvSource({
        "small, chat, length, cut",
        "small, chat, content_filter, declined",
        "large, messages, max_tokens, cut",
        "large, messages, model_context_window_exceeded, cut",
        "large, messages, refusal, declined"
    })
    void anAnswerThatIsNoneIsTheRowsErrorAndItsTextIsKept(String model, String mode, String ending, String word)
            throws Exception {
        var id = jobs.create(Jobs.ask(model, "[[mode:%s:%s]] Odd?".formatted(mode, ending), Jobs.numbers(1), "{}"));
        var job = jobs.await(id);

        var error = jobs.results(id).getFirst().path("error");
        assertThat(job.at("/rows/answered").asInt()).isZero();
        assertThat(job.at("/rows/failed").asInt()).isEqualTo(1);
        assertThat(error.path("message").asString()).contains(word);
        assertThat(error.path("text").asString()).isEqualTo("partial");
    }

    @Test
    void anAnswerThatCannotBeReadFailsItsRowAndIsAskedForOnce() throws Exception {
        GATEWAY.forget();

        var id = jobs.create(Jobs.ask("small", "[[mode:deep]] Odd?", Jobs.numbers(1), "{}"));
        var job = jobs.await(id);

        assertThat(job.at("/rows/failed").asInt()).isEqualTo(1);
        assertThat(GATEWAY.small().calls()).hasSize(1);
    }

    @Test
    void theLastRowOfAPackedTableGetsItsOwnAnswer() throws Exception {
        var id = jobs.create(Jobs.ask("small", "[[mode:obey]] Say n.", Jobs.numbers(9), "{\"pack\": 4}"));
        jobs.await(id);

        assertThat(jobs.results(id))
                .extracting(line -> line.path("answer").asInt(-1))
                .containsExactlyElementsOf(IntStream.range(0, 9).boxed().toList());
    }

    @Test
    void aTableWithColumnsLikeOursKeepsThem() throws Exception {
        var row = JSON.createObjectNode().put("row", 9).put("answer", "old").put("error", "e");

        var id = jobs.create(Jobs.ask("small", "Odd?", List.of(row), "{}"));
        jobs.await(id);
        var line = GATEWAY.client()
                .get("/v1/table-jobs/" + id + "/results?columns=all")
                .json();

        assertThat(line.path("row").asInt()).isEqualTo(9);
        assertThat(line.path("answer").asString()).isEqualTo("old");
        assertThat(line.path("_row").asInt(-1)).isZero();
        assertThat(line.path("_answer").asString()).isNotEmpty();
    }

    /// Answers with each row's `n`: as a list if it is told to, else as a word.
    private static String obedient(JsonNode request) {
        var user = (ObjectNode) JSON.readTree(request.at("/messages/1/content").asString());
        if (!request.at("/messages/0/content").asString().contains("{\"answers\": [...]}")) {
            return user.path("n").toString();
        }
        var list = JSON.createObjectNode();
        user.path("rows").forEach(row -> list.withArray("answers").add(row.path("n")));
        return list.toString();
    }
}
