package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.fleet.ApiKey;
import pointsman.job.JobProperties.Store;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import tools.jackson.databind.JsonNode;

/// A store that a gateway wrote before jobs were typed (`db/jobs-before-types.sql`) is read as it is: its
/// jobs, their forecasts, endings and results; and a job that was in the middle of its trial goes on.
@Timeout(180)
class JobsBeforeTypesTest {
    private static final Store SQLITE = new Store("", "", new ApiKey(""), 1);

    @Test
    void sqliteIsReadAsItIs() throws Exception {
        var directory = directory();
        fill(directory, SQLITE);

        try (var gateway = gateway(directory, "")) {
            everyJobIsThere(gateway);
        }
    }

    /// Needs PostgreSQL's programs (Debian: postgresql); without them it is skipped by name.
    @Test
    void postgresIsReadAsItIs() throws Exception {
        var server = PostgresServer.start();
        assumeTrue(server.isPresent(), "PostgreSQL is not installed");
        var directory = directory();
        var url = server.get().url();
        fill(directory, new Store(url, "postgres", new ApiKey(""), 4));

        try (var gateway = gateway(directory, url)) {
            everyJobIsThere(gateway);
        } finally {
            server.get().stop();
        }
    }

    private static void everyJobIsThere(Gateway gateway) throws Exception {
        var jobs = new Jobs(gateway.client());
        assertTheJobThatWasTriedIsComplete(jobs);
        assertTheJobThatWasTooDearSaysSo(jobs);
        assertBatchesKeepTheirEndings(gateway);
        assertTheJobInTheMiddleOfItsTrialGoesOn(jobs);
    }

    private static void assertTheJobThatWasTriedIsComplete(Jobs jobs) throws Exception {
        var job = jobs.look("job_tried");

        assertThat(job.path("state").asString()).isEqualTo("completed");
        assertThat(job.at("/rows/total").asInt()).isEqualTo(12);
        assertThat(job.at("/rows/answered").asInt()).isEqualTo(12);
        assertThat(job.at("/ab_guard/decision").asString()).isEqualTo("planned_order");
        assertThat(job.at("/ab_guard/agreement").asDouble()).isEqualTo(1);
        assertThat(job.at("/ab_guard/extra/cached_tokens").asInt()).isEqualTo(1_200);
        assertThat(job.at("/forecast/planned/cached_tokens").asInt()).isEqualTo(1_920);
        assertThat(job.at("/forecast/planned/input_cost_usd").asDouble()).isEqualTo(0.000787);
        assertThat(job.at("/forecast/tiers/0/saving").asString()).startsWith("71.4 % instead of 39.3 %");
        assertThat(jobs.results("job_tried"))
                .extracting(line -> line.path("answer").asString())
                .hasSize(12)
                .containsOnly("yes");
    }

    private static void assertTheJobThatWasTooDearSaysSo(Jobs jobs) throws Exception {
        var job = jobs.look("job_dear");

        assertThat(job.path("state").asString()).isEqualTo("cancelled");
        assertThat(job.at("/error/code").asString()).isEqualTo("max_cost_reached");
        assertThat(job.at("/error/message").asString()).startsWith("The answers cost 0.000074 dollars");
        assertThat(job.at("/forecast/tiers/0/no_saving_because").asString()).startsWith("the rows share no more");
    }

    private static void assertBatchesKeepTheirEndings(Gateway gateway) throws Exception {
        var done = batch(gateway, "batch_done");
        var bad = batch(gateway, "batch_bad");

        assertThat(done.path("status").asString()).isEqualTo("completed");
        assertThat(done.at("/metadata/k").asString()).isEqualTo("v");
        assertThat(done.at("/request_counts/completed").asInt()).isEqualTo(3);
        assertThat(done.at("/usage/output_tokens_details/reasoning_tokens").asInt())
                .isEqualTo(6);
        assertThat(bad.path("status").asString()).isEqualTo("failed");
        assertThat(bad.at("/errors/data/0/code").asString()).isEqualTo("model_not_found");
        assertThat(bad.at("/errors/data/0/line").asInt()).isEqualTo(1);
    }

    private static JsonNode batch(Gateway gateway, String id) throws Exception {
        return gateway.client().get("/v1/batches/" + id).json();
    }

    /// Only the tried row was answered in the plan's order, so there is nothing to compare.
    private static void assertTheJobInTheMiddleOfItsTrialGoesOn(Jobs jobs) throws Exception {
        var job = jobs.await("job_trying");

        assertThat(job.path("state").asString()).isEqualTo("completed");
        assertThat(job.at("/ab_guard/decision").asString()).isEqualTo("given_order");
        assertThat(job.at("/ab_guard/rows").asInt()).isEqualTo(1);
        assertThat(job.at("/forecast/planned/requests").asInt()).isEqualTo(24);
        assertThat(jobs.results("job_trying"))
                .extracting(line -> line.path("row").asInt())
                .containsExactly(0, 1, 6);
    }

    private static Path directory() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target", "jobs")), "before-");
    }

    private static void fill(Path directory, Store store) throws IOException {
        var resource = "/db/jobs-before-types.sql";
        try (var text = Objects.requireNonNull(JobsBeforeTypesTest.class.getResourceAsStream(resource));
                var database = Database.open(directory, store)) {
            var statements = new String(text.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1);
            for (var statement : statements) {
                if (!statement.isBlank()) {
                    database.sql(statement).update();
                }
            }
        }
    }

    private static Gateway gateway(Path directory, String jdbcUrl) {
        return Gateway.with(
                "pointsman.batch.data-directory=" + directory,
                "pointsman.batch.store.jdbc-url=" + jdbcUrl,
                "pointsman.batch.store.username=postgres",
                "pointsman.batch.beat=50ms",
                "pointsman.batch.lease=200ms");
    }
}
