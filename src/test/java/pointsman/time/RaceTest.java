package pointsman.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/// Who answers when a second one is asked beside the first.
class RaceTest {
    private static final Duration LATE = Duration.ofSeconds(2);

    private final List<Boolean> won = new ArrayList<>();
    private final List<Boolean> overtaken = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aFirstThatSpeaksInTimeIsAlone() {
        StepVerifier.withVirtualTime(() -> race(after(1, "first"), after(1, "second"), true))
                .thenAwait(Duration.ofSeconds(5))
                .expectNext("first")
                .verifyComplete();

        assertThat(asked).hasValue(0);
        assertThat(won).isEmpty();
    }

    @Test
    void whoSpeaksFirstAnswers() {
        StepVerifier.withVirtualTime(() -> race(after(10, "first"), after(1, "second"), true))
                .thenAwait(Duration.ofSeconds(20))
                .expectNext("second")
                .verifyComplete();

        assertThat(won).containsExactly(true);
    }

    @Test
    void aFirstThatSpeaksWhileTheSecondIsSilentAnswers() {
        StepVerifier.withVirtualTime(() -> race(after(4, "first"), after(10, "second"), true))
                .thenAwait(Duration.ofSeconds(20))
                .expectNext("first")
                .verifyComplete();

        assertThat(won).containsExactly(false);
        assertThat(overtaken).containsExactly(true);
    }

    @Test
    void withoutABudgetNobodyElseIsAsked() {
        StepVerifier.withVirtualTime(() -> race(after(10, "first"), after(1, "second"), false))
                .thenAwait(Duration.ofSeconds(20))
                .expectNext("first")
                .verifyComplete();

        assertThat(asked).hasValue(0);
    }

    @Test
    void aFirstThatFailsInTimeIsNotReplaced() {
        var failure = new IllegalStateException("first");

        StepVerifier.withVirtualTime(() -> race(Flux.error(failure), after(1, "second"), true))
                .thenAwait(Duration.ofSeconds(20))
                .verifyErrorSatisfies(error -> assertThat(error).isSameAs(failure));

        assertThat(asked).hasValue(0);
    }

    @Test
    void aSecondAnswersForAFirstThatFailsLater() {
        StepVerifier.withVirtualTime(() -> race(
                        after(3, "x").flatMap(_ -> Flux.error(new IllegalStateException("first"))),
                        after(5, "second"),
                        true))
                .thenAwait(Duration.ofSeconds(20))
                .expectNext("second")
                .verifyComplete();

        assertThat(won).containsExactly(true);
        assertThat(overtaken).containsExactly(false);
    }

    private Flux<String> race(Flux<String> first, Flux<String> second, boolean maySend) {
        return new Race<>(
                        first,
                        LATE,
                        () -> maySend,
                        () -> {
                            asked.incrementAndGet();
                            return second;
                        },
                        (isSecond, isOvertaken) -> {
                            won.add(isSecond);
                            overtaken.add(isOvertaken);
                        })
                .parts();
    }

    private static Flux<String> after(int seconds, String word) {
        return Flux.just(word).delaySequence(Duration.ofSeconds(seconds));
    }
}
