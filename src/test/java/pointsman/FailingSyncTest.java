package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.FailingSync;
import pointsman.testing.FakeUpstream;
import pointsman.testing.GatewayProcess;
import pointsman.testing.Jobs;
import tools.jackson.databind.json.JsonMapper;

/// A disk that fails to sync now and then: what is accepted is completed, what is not is refused, and nothing is lost
/// in silence.
@Timeout(240)
class FailingSyncTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int JOBS = 24;
    private static final int ROWS = 12;

    @Test
    void anAcceptedJobIsCompletedAndARefusedOneIsToldSo() throws Exception {
        assumeThat(FailingSync.isInstalled()).as("strace is installed").isTrue();
        try (var upstream = FakeUpstream.start();
                var gateway = GatewayProcess.of(upstream.baseUrl(), "pointsman.batch.limits.jobs=100")) {
            GatewayProcess.tellNumbers(upstream, Duration.ofMillis(5));
            gateway.awaitReady();
            var accepted = new ArrayList<String>();
            var statuses = new HashSet<Integer>();

            try (var disk = FailingSync.of(gateway.pid(), 4)) {
                assumeThat(disk.isAttached()).as("processes may be traced here").isTrue();
                for (int job = 0; job < JOBS; job++) {
                    var reply = create(gateway, job);
                    statuses.add(reply.status());
                    reply.id().ifPresent(accepted::add);
                }
                assertThat(disk.failures()).isPositive();
            }
            gateway.killAndBegin();
            gateway.awaitReady();

            assertThat(statuses).isSubsetOf(List.of(202, 507)).contains(202, 507);
            for (var id : accepted) {
                assertThat(gateway.awaitJob(id, LONGEST).path("state").asString())
                        .isEqualTo("completed");
                assertThat(gateway.ownNumbers(id)).isEqualTo(ROWS);
            }
        }
    }

    private record Reply(int status, Optional<String> id) {}

    private static Reply create(GatewayProcess gateway, int number) throws Exception {
        var job = Jobs.ask("small", "[[mode:number]] Say n.", Jobs.numbers(ROWS), "{\"lanes\": 4}");
        var response = gateway.post("/v1/table-jobs", job.toString(), "idempotency-key", "job-" + number);
        var id = JSON.readTree(response.body()).path("id").asString("");
        return new Reply(response.statusCode(), Optional.of(id).filter(one -> !one.isEmpty()));
    }
}
