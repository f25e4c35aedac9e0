package pointsman.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

class TimeLimitTest {
    private static final long LONG_NANOS = 60_000_000_000L;

    @Test
    void aPartThatComesWithinAnotherIsPassedOn() {
        var seen = new ArrayList<Integer>();

        TimeLimit.of(answeringEachDemandAtOnce(4), () -> LONG_NANOS, IllegalStateException::new)
                .subscribe(askingForEach(seen));

        assertThat(seen).containsExactly(0, 1, 2, 3);
    }

    /// A source without a queue of its own, which emits while it is asked.
    private static Flux<Integer> answeringEachDemandAtOnce(int parts) {
        return Flux.from(reader -> {
            var next = new AtomicInteger();
            reader.onSubscribe(new Subscription() {
                @Override
                public void request(long demand) {
                    if (next.get() < parts) {
                        reader.onNext(next.getAndIncrement());
                    }
                }

                @Override
                public void cancel() {}
            });
        });
    }

    private static BaseSubscriber<Integer> askingForEach(List<Integer> seen) {
        return new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(Integer part) {
                seen.add(part);
                request(1);
            }
        };
    }
}
