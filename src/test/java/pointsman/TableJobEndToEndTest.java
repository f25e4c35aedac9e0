package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import pointsman.testing.Completions;
import pointsman.testing.Eventually;
import pointsman.testing.FakeUpstream;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SharedGateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Table jobs over HTTP, from the upload to the results.
@Timeout(60)
class TableJobEndToEndTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ANN = "Bearer " + SharedGateway.key("acme"),
            BOB = "Bearer " + SharedGateway.key("bell");
    private static final Gateway GATEWAY = SharedGateway.JOBS.get();
    private static final FakeUpstream SMALL = GATEWAY.small();

    private final Jobs jobs = new Jobs(GATEWAY.client());

    @Test
    void everyRowIsAnsweredOnceInTheCallersOrder() throws Exception {
        GATEWAY.forget();

        var id = jobs.create(Jobs.ask("small", "Is it odd?", Jobs.numbers(40), "{}"));
        var job = jobs.await(id);

        assertThat(job.path("state").asString()).isEqualTo("completed");
        assertThat(jobs.results(id))
                .extracting(line -> line.path("row").asInt())
                .containsExactlyElementsOf(range(40));
        assertThat(jobs.results(id))
                .allSatisfy(line -> assertThat(line.path("answer").asString()).isEqualTo(Completions.TEXT));
        assertThat(SMALL.calls()).hasSize(40);
        assertThat(job.path("realised").path("input_tokens").asInt()).isEqualTo(40 * Completions.PROMPT_TOKENS);
    }

    @Test
    void aRowThatFailsHasAnErrorAndTheJobGoesOn() throws Exception {
        var rows = Jobs.numbers(3);
        rows.get(1).put("n", "[[mode:status:400]]");

        var id = jobs.create(Jobs.ask("small", "Is it odd?", rows, "{}"));
        var job = jobs.await(id);

        assertThat(job.path("state").asString()).isEqualTo("completed");
        assertThat(job.path("rows").path("failed").asInt()).isEqualTo(1);
        assertThat(jobs.results(id).get(1).path("error").path("code").asString())
                .isNotEmpty();
        assertThat(jobs.results(id).get(2).has("answer")).isTrue();
    }

    @Test
    void equalRowsAreAskedOnceAtTemperatureZero() throws Exception {
        GATEWAY.forget();
        var rows = List.of(row("a"), row("b"), row("a"), row("a"));

        var id = jobs.create(Jobs.ask("small", "Is it odd?", rows, "{\"temperature\": 0}"));
        jobs.await(id);

        assertThat(SMALL.calls()).hasSize(2);
        assertThat(jobs.results(id)).hasSize(4);
    }

    @Test
    void packedRowsGetTheirOwnAnswers() throws Exception {
        GATEWAY.forget();
        SMALL.on(
                "pack",
                (exchange, _) -> exchange.json(
                        200,
                        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s},\"finish_reason\":\"stop\"}]}"
                                .formatted(JSON.writeValueAsString(
                                        echoOfRows(exchange.call().json())))));
        var rows = Jobs.numbers(10);

        var id = jobs.create(Jobs.ask("small", "[[mode:pack]] Say n.", rows, "{\"pack\": 4}"));
        jobs.await(id);

        assertThat(SMALL.calls()).hasSize(3);
        assertThat(jobs.results(id))
                .extracting(line -> line.path("answer").asInt(-1))
                .containsExactlyElementsOf(range(10));
    }

    @Test
    void theSameKeyMakesOneJob() throws Exception {
        var job = Jobs.ask("small", "Is it odd?", Jobs.numbers(2), "{}");

        var first = jobs.create(job, "Idempotency-Key", "k-1");
        var second = jobs.create(job, "Idempotency-Key", "k-1");

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aDryRunSendsNothingAndSaysWhyNothingIsSaved() throws Exception {
        GATEWAY.forget();

        var forecast = jobs.dryRun(Jobs.ask("small", "Is it odd?", Jobs.numbers(5), "{}"));

        assertThat(forecast.path("planned").path("requests").asInt()).isEqualTo(5);
        assertThat(forecast.path("tiers").path(0).path("no_saving_because").asString())
                .contains("no cache rule is known");
        assertThat(SMALL.calls()).isEmpty();
    }

    @Test
    void lanesSideBySideDoNotSpendMoreThanTheJobMay() throws Exception {
        var id = jobs.create(
                Jobs.ask("small", "Is it odd?", Jobs.numbers(200), "{\"max_cost_usd\": 0.001, \"lanes\": 32}"));
        var job = jobs.await(id);

        assertThat(job.path("state").asString()).isEqualTo("cancelled");
        assertThat(job.path("error").path("code").asString()).isEqualTo("max_cost_reached");
        assertThat(job.at("/realised/cost_usd").asDouble()).isBetween(0.0005, 0.001);
    }

    @Test
    void aRateLimitOnlySlowsAJobDown() throws Exception {
        GATEWAY.forget();
        var id = jobs.create(Jobs.ask("small", "[[mode:fail-then-ok:1,429]] Is it odd?", Jobs.numbers(12), "{}"));

        var job = jobs.await(id);

        assertThat(job.path("rows").path("answered").asInt()).isEqualTo(12);
        assertThat(SMALL.calls()).hasSize(24);
    }

    @Test
    void aJobWhoseLanesWaitIsCancelledAtOnce() throws Exception {
        GATEWAY.forget();
        var id = jobs.create(Jobs.ask("small", "[[mode:429:60]] Is it odd?", Jobs.numbers(12), "{}"));
        SMALL.awaitCall();

        GATEWAY.client().send("DELETE", "/v1/table-jobs/" + id, new byte[0]);

        Eventually.holds(
                "it is over",
                Duration.ofSeconds(10),
                () -> jobs.look(id).path("state").asString().equals("cancelled"));
    }

    @Test
    void aTableThatIsNoneIsRefusedInASentence() throws Exception {
        var reply = GATEWAY.client().post("/v1/table-jobs", "{\"instruction\": \"x\", \"rows\": [{\"a\": 1}, 2]}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo("invalid_table");
    }

    @Test
    void moreRowsThanTheLimitAreRefused() throws Exception {
        var reply = GATEWAY.client()
                .post(
                        "/v1/table-jobs",
                        Jobs.ask("small", "x", Jobs.numbers(1001), "{}").toString());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("message").asString()).contains("1,000");
    }

    @Test
    void moreInstructionThanTheLimitOverAllRowsIsRefused() throws Exception {
        var job = Jobs.ask("small", "Is it odd? ".repeat(100), Jobs.numbers(100), "{}");

        var reply = GATEWAY.client().post("/v1/table-jobs", job.toString());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asString()).isEqualTo("instruction");
        assertThat(reply.json().at("/error/message").asString()).contains("110000 characters");
    }

    @Test
    void formulasAreHarmlessInCsvAndParquetIsParquet(@TempDir Path folder) throws Exception {
        var id = jobs.create(Jobs.ask("small", "Is it odd?", List.of(row("=1+1"), row("-5")), "{}"));
        jobs.await(id);
        var path = "/v1/table-jobs/" + id + "/results?columns=all&format=";

        var csv = GATEWAY.client().get(path + "csv").text();
        var file = Files.write(
                folder.resolve("r.parquet"),
                GATEWAY.client().get(path + "parquet").response().body());
        var table = new TableReader(TableLimits.DEFAULT).read(file);

        assertThat(csv.lines().toList()).contains("1,-5," + ResultText.CSV + ",");
        assertThat(csv).contains("0,'=1+1,");
        assertThat(table.names()).containsExactly("row", "n", "answer", "error");
        assertThat(table.cell(0, 1)).isEqualTo("\"=1+1\"");
        assertThat(table.cell(1, 0)).isEqualTo("1");
    }

    @Test
    void tenantsDoNotSeeEachOthersJobs() throws Exception {
        var client = SharedGateway.KEYED.get().client();
        var made = client.post(
                "/v1/table-jobs", Jobs.ask("small", "x", Jobs.numbers(1), "{}").toString(), "authorization", ANN);
        var path = "/v1/table-jobs/" + made.json().path("id").asString();

        assertThat(client.get(path, "authorization", ANN).status()).isEqualTo(200);
        assertThat(client.get(path, "authorization", BOB).status()).isEqualTo(404);
        assertThat(client.get(path + "/results", "authorization", BOB).status()).isEqualTo(404);
        assertThat(client.get(path + "/events", "authorization", BOB).status()).isEqualTo(404);
        assertThat(client.get("/v1/table-jobs", "authorization", BOB).json().path("data"))
                .isEmpty();
    }

    private static ObjectNode row(String n) {
        return JSON.createObjectNode().put("n", n);
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static String echoOfRows(JsonNode request) {
        var rows = JSON.readTree(
                        request.path("messages").path(1).path("content").asString())
                .path("rows");
        var answers = JSON.createObjectNode();
        var list = answers.putArray("answers");
        rows.forEach(row -> list.add(row.path("n").asInt()));
        return answers.toString();
    }

    private static final class ResultText {
        static final String CSV = "\"" + Completions.TEXT + "\"";
    }
}
