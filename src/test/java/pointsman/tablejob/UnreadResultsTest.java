package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import pointsman.http.UnreadLimit;
import pointsman.job.store.Database;
import pointsman.table.TableMemory;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.RawConnection;
import pointsman.testing.SharedGateway;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/// Results whose client asks for them and then takes nothing.
@Timeout(60)
class UnreadResultsTest {
    private static final Duration UNREAD = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String BODY = "\"" + "x".repeat(8_000_000) + "\"";

    private static final Gateway GATEWAY = SharedGateway.JOBS.get();

    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void theConnectionEndsAndTheTablesMemoryIsFreeAgain() throws Exception {
        var memory = GATEWAY.context().getBean(TableMemory.class);
        var jobs = new Jobs(GATEWAY.client());
        var id = jobs.create(Jobs.ask("small", "Odd?", Jobs.numbers(4), "{}"));
        jobs.await(id);
        GATEWAY.context()
                .getBean(Database.class)
                .sql("update answer set body = ? where job_id = ?", BODY, id)
                .update();
        Eventually.holds("nothing is held", LONGEST, () -> memory.taken() == 0);

        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("GET /v1/table-jobs/" + id + "/results?columns=all");
            raw.readUntil("200 OK");
            assertThat(memory.taken()).isPositive();

            Eventually.holds("nothing is held", LONGEST, () -> memory.taken() == 0);
            assertThat(length(raw)).isLessThan(4 * BODY.length());
        }
        assertThat(jobs.results(id)).hasSize(4);
    }

    /// A connection that is cut may be told as its end or as a reset.
    private static int length(RawConnection raw) {
        try {
            return raw.readAll().length();
        } catch (IOException _) {
            return 0;
        }
    }

    @Test
    void whoeverWaitsForTheNextPieceIsNotCut() throws Exception {
        var slow = Sinks.many().unicast().<Integer>onBackpressureBuffer();
        UnreadLimit.on(slow.asFlux(), UNREAD, ends::incrementAndGet).subscribe();

        assertThat(Flux.interval(UNREAD.multipliedBy(3)).blockFirst()).isZero();

        assertThat(ends).hasValue(0);
    }

    @Test
    void whoeverTakesAPieceAndNoMoreIsCutOnce() throws Exception {
        UnreadLimit.on(Flux.range(0, 9), UNREAD, ends::incrementAndGet).subscribe(new BaseSubscriber<Integer>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }
        });

        Eventually.holds("it is cut", LONGEST, () -> ends.get() > 0);
        assertThat(Eventually.settled(ends::get, LONGEST)).isEqualTo(1);
    }
}
