package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Completions;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SharedGateway;

/// A store that somebody else holds for longer than one waits for it: a copy that is made of it, or
/// another gateway on a busy machine.
@Timeout(90)
class BusyStoreTest {
    private static final int ROWS = 50;
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private static final Gateway GATEWAY = SharedGateway.JOBS.get();
    private static final Database DATABASE = GATEWAY.context().getBean(Database.class);
    private static final Path FILE = Path.of(
                    GATEWAY.context().getEnvironment().getRequiredProperty("pointsman.batch.data-directory"))
            .resolve("jobs.db");

    private final Jobs jobs = new Jobs(GATEWAY.client());

    @Test
    void aJobIsOnlyDelayedAndNothingIsPaidForTwice() throws Exception {
        GATEWAY.small().on("slow", (exchange, _) -> {
            exchange.pause(Duration.ofMillis(100));
            exchange.json(200, Completions.buffered("m", Completions.quoted("yes")));
        });
        var id = jobs.create(Jobs.ask("small", "[[mode:slow]] Odd?", Jobs.numbers(ROWS), "{\"lanes\": 4}"));
        Eventually.holds(
                "answers come",
                LONGEST,
                () -> jobs.look(id).at("/rows/answered").asInt() > 3);
        DATABASE.sql("pragma busy_timeout = 20").query(Integer.class).single();

        try (var other = DriverManager.getConnection("jdbc:sqlite:" + FILE);
                var statement = other.createStatement()) {
            statement.execute("begin immediate");
            Eventually.holds("the gateway has met it, and opened the store anew", LONGEST, () -> busyTimeout() > 20);
            statement.execute("rollback");
        }
        var job = jobs.await(id);

        assertThat(job.path("state").asString()).isEqualTo("completed");
        assertThat(job.at("/rows/answered").asInt()).isEqualTo(ROWS);
        assertThat(GATEWAY.small().calls()).hasSize(ROWS);
    }

    private static int busyTimeout() {
        return DATABASE.sql("pragma busy_timeout").query(Integer.class).single();
    }
}
