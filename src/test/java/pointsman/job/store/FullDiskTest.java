package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Chat;
import pointsman.testing.Completions;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.Reply;
import pointsman.testing.SharedGateway;

/// A disk that takes nothing more, as far as a test can have one: a database that may not grow, and
/// uploads that have no place.
@Timeout(90)
class FullDiskTest {
    private static final int ROWS = 120;
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final Gateway GATEWAY = SharedGateway.JOBS.get();
    private static final Database DATABASE = GATEWAY.context().getBean(Database.class);
    private static final Path UPLOADS = Path.of(
                    GATEWAY.context().getEnvironment().getRequiredProperty("pointsman.batch.data-directory"))
            .resolve("uploads");

    private static final Path ASIDE = UPLOADS.resolveSibling("uploads-aside");

    private final Jobs jobs = new Jobs(GATEWAY.client());

    @BeforeAll
    static void answersTakeTheirTime() {
        GATEWAY.small().on("slow", (exchange, _) -> {
            exchange.pause(Duration.ofMillis(30));
            exchange.json(200, Completions.buffered("m", Completions.quoted("long ".repeat(400))));
        });
    }

    @AfterEach
    void emptyTheDisk() throws Exception {
        DATABASE.sql("pragma max_page_count = 1000000").query(Long.class).single();
        if (Files.exists(ASIDE)) {
            Files.move(ASIDE, UPLOADS);
        }
    }

    @Test
    void newJobsAreRefusedRunningOnesPauseAndGoOnAndChatsDoNotMind() throws Exception {
        GATEWAY.forget();
        var id = jobs.create(Jobs.ask("small", "[[mode:slow]] Odd?", Jobs.numbers(ROWS), "{\"lanes\": 4}"));
        Eventually.holds("answers come", LONGEST, () -> answered(id) > 8);

        fillTheDisk();
        Eventually.holds("new jobs are refused", LONGEST, () -> create().status() == 507);
        var refused = create();
        var chat = GATEWAY.client().post("/v1/chat/completions", Chat.ask("small", "Hello"));
        int whileFull = answered(id);
        emptyTheDisk();
        var job = jobs.await(id);

        assertThat(refused.json().at("/error/code").asString()).isEqualTo("storage_full");
        assertThat(chat.status()).isEqualTo(200);
        assertThat(whileFull).isLessThan(ROWS);
        assertThat(job.path("state").asString()).isEqualTo("completed");
        assertThat(job.at("/rows/answered").asInt()).isEqualTo(ROWS);
        assertThat(GATEWAY.small().calls()).hasSize(ROWS + 1);
    }

    @Test
    void anUploadWithoutAPlaceIsRefusedAndNothingOfItIsLeft() throws Exception {
        int before = GATEWAY.client().get("/v1/table-jobs").json().path("data").size();
        Files.move(UPLOADS, ASIDE);

        var refused = create();

        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.json().at("/error/code").asString()).isEqualTo("storage_full");
        assertThat(GATEWAY.client().get("/v1/table-jobs").json().path("data")).hasSize(before);
    }

    private int answered(String id) throws Exception {
        return jobs.look(id).at("/rows/answered").asInt();
    }

    private static void fillTheDisk() {
        var pages = DATABASE.sql("pragma page_count").query(Long.class).single();
        DATABASE.sql("pragma max_page_count = " + pages).query(Long.class).single();
    }

    private static Reply create() throws Exception {
        var job = Jobs.ask("small", "[[mode:slow]] " + "Odd? ".repeat(4_000), Jobs.numbers(1), "{}");
        return GATEWAY.client().post("/v1/table-jobs", job.toString());
    }
}
