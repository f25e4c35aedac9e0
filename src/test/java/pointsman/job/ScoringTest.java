package pointsman.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Many items, few threads.
@Timeout(30)
class ScoringTest {
    private static final int THREADS = 3;
    private static final int ITEMS = 1_000;

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void everyThreadHasWorkAndNothingWaitsBeforeAChat() throws Exception {
        var all = new Scoring(THREADS).all(ITEMS, this::slowly, Scoring.Watch.NONE);

        assertThat(all)
                .hasValueSatisfying(items -> assertThat(items)
                        .containsExactlyElementsOf(
                                IntStream.range(0, ITEMS).boxed().toList()));
        assertThat(most.get()).isEqualTo(THREADS);
    }

    @Test
    void theJobIsToldHowFarItIs() throws Exception {
        var told = new ArrayList<Integer>();

        new Scoring(THREADS).all(ITEMS, Mono::just, told::add);

        assertThat(told).containsExactly(256, 512, 768, ITEMS);
    }

    @Test
    void nothingMoreIsScoredOnceNobodyWantsIt() throws Exception {
        var all = new Scoring(THREADS).all(ITEMS, this::slowly, scored -> scored < 512);

        assertThat(all).isEmpty();
    }

    private Mono<Integer> slowly(int item) {
        return Mono.fromSupplier(() -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    return item;
                })
                .delayElement(Duration.ofNanos(100_000), Schedulers.parallel())
                .doOnTerminate(underWay::decrementAndGet);
    }
}
