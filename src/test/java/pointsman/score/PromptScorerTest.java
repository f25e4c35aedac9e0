package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pointsman.score.ScoreOutcome.Reason;
import pointsman.score.ScoreOutcome.Scored;
import pointsman.score.ScoreOutcome.Unscored;

class PromptScorerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger readings = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void aPromptGetsItsScore() {
        try (var scorer = scorer(LONG, 1)) {
            assertThat(scorer.scores("ab", Calibrations.STANDARD).block(LONG)).isEqualTo(new Scored(List.of(0.5)));
            assertThat(scorer.ready()).isTrue();
        }
    }

    @Test
    void aLadderGetsAScoreForEachRungButTheLast() {
        try (var scorer = scorer(LONG, 1)) {
            assertThat(scorer.scores("ab", "three").block(LONG))
                    .isEqualTo(new ScoreOutcome.Scored(List.of(0.5, 0.875)));
            assertThat(scorer.scores(" ", "three").block(LONG)).isEqualTo(new ScoreOutcome.Unscored(Reason.NO_TEXT));
        }
    }

    @Test
    void oneReadingServesAllLadders() {
        try (var scorer = scorer(LONG, 1)) {
            scorer.scores("ab", "three").block(LONG);
            scorer.scores("ab", Calibrations.STANDARD).block(LONG);

            assertThat(readings).hasValue(1);
        }
    }

    @Test
    void aBlankTextIsNotScored() {
        try (var scorer = scorer(LONG, 1)) {
            assertThat(scorer.scores(" \n", Calibrations.STANDARD).block(LONG)).isEqualTo(new Unscored(Reason.NO_TEXT));
        }
    }

    @Test
    void aSlowScoreIsNotWaitedFor() {
        try (var scorer = scorer(SHORT, 1)) {
            assertThat(scorer.scores("slow", Calibrations.STANDARD).block(LONG))
                    .isEqualTo(new Unscored(Reason.ROUTER_TIMEOUT));
            released.countDown();
        }
    }

    @Test
    void aFullQueueRefuses() {
        try (var scorer = scorer(LONG, 1)) {
            var running = scorer.scores("slow", Calibrations.STANDARD).toFuture();
            await(started);
            var waiting = scorer.scores("ab", Calibrations.STANDARD).toFuture();

            assertThat(scorer.scores("abc", Calibrations.STANDARD).block(LONG))
                    .isEqualTo(new Unscored(Reason.ROUTER_BUSY));

            released.countDown();
            assertThat(running).succeedsWithin(LONG).isEqualTo(new Scored(List.of(0.25)));
            assertThat(waiting).succeedsWithin(LONG).isEqualTo(new Scored(List.of(0.5)));
        }
    }

    @Test
    void aCancelledPromptGivesItsPlaceBack() {
        try (var scorer = scorer(LONG, 1)) {
            var running = scorer.scores("slow", Calibrations.STANDARD).toFuture();
            await(started);
            scorer.scores("ab", Calibrations.STANDARD).subscribe().dispose();

            var waiting = scorer.scores("abc", Calibrations.STANDARD).toFuture();

            released.countDown();
            assertThat(waiting).succeedsWithin(LONG).isEqualTo(new Scored(List.of(1.0 / 3)));
            assertThat(running).succeedsWithin(LONG).isEqualTo(new Scored(List.of(0.25)));
        }
    }

    @Test
    void aRememberedScoreNeedsNoThread() {
        try (var scorer = scorer(LONG, 1)) {
            scorer.scores("ab", Calibrations.STANDARD).block(LONG);
            var running = scorer.scores("slow", Calibrations.STANDARD).toFuture();
            await(started);

            var thread = scorer.scores("ab", Calibrations.STANDARD)
                    .map(_ -> Thread.currentThread())
                    .block(LONG);

            assertThat(thread).isSameAs(Thread.currentThread());
            released.countDown();
            assertThat(running).succeedsWithin(LONG);
        }
    }

    @Test
    void aBrokenScorerIsAnOutcomeToo() {
        try (var scorer = scorer(LONG, 1)) {
            assertThat(scorer.scores("broken", Calibrations.STANDARD).block(LONG))
                    .isEqualTo(new Unscored(Reason.ROUTER_FAILED));
        }
    }

    @Test
    void aClosedScorerRefuses() {
        var scorer = scorer(LONG, 1);
        scorer.close();

        assertThat(scorer.scores("ab", Calibrations.STANDARD).block(LONG)).isEqualTo(new Unscored(Reason.ROUTER_BUSY));
    }

    @Test
    void withoutAModelNothingIsScored(@TempDir Path empty) {
        var properties = new RouterProperties(empty.toString(), "weak,strong", 1, 1, LONG, 10, Map.of());

        try (var scorer = new PromptScorer(
                LoadedRouter.load(properties, new Calibrations(Map.of()), new Ladders(Map.of())),
                properties,
                new ScoreMeters(meters))) {
            assertThat(scorer.scores("ab", Calibrations.STANDARD).block(LONG))
                    .isEqualTo(new Unscored(Reason.ROUTER_UNAVAILABLE));
            assertThat(scorer.ready()).isFalse();
            assertThat(scorer.description()).contains(empty.toString(), "cannot be read");
        }
    }

    @Test
    void theShippedModelScores() {
        var properties = new RouterProperties("", "weak,strong", 1, 1, LONG, 10, Map.of());

        try (var scorer = new PromptScorer(
                LoadedRouter.load(properties, new Calibrations(Map.of()), new Ladders(Map.of())),
                properties,
                new ScoreMeters(meters))) {
            assertThat(scorer.scores("What is 2 + 2?", Calibrations.STANDARD).block(LONG))
                    .isInstanceOf(Scored.class);
            assertThat(scorer.description()).isEqualTo("classpath:/router-model/router.onnx for weak,strong");
        }
    }

    @Test
    void aPromptWaitsForARouterThatStillLoads() {
        var loading = new CompletableFuture<LoadedRouter>();

        try (var scorer = scorer(loading, LONG, 1)) {
            var waiting = scorer.scores("ab", Calibrations.STANDARD).toFuture();
            assertThat(waiting).isNotDone();
            assertThat(scorer.ready()).isFalse();

            loading.complete(ready());

            assertThat(waiting).succeedsWithin(LONG).isEqualTo(new Scored(List.of(0.5)));
            assertThat(scorer.ready()).isTrue();
        }
    }

    @Test
    void aRouterThatLoadsForTooLongIsNotWaitedFor() {
        var loading = new CompletableFuture<LoadedRouter>();

        try (var scorer = scorer(loading, SHORT, 1)) {
            assertThat(scorer.scores("ab", Calibrations.STANDARD).block(LONG))
                    .isEqualTo(new Unscored(Reason.ROUTER_TIMEOUT));
            loading.complete(ready());
            assertThat(scorer.scores("ab", Calibrations.STANDARD, LONG).block(LONG))
                    .isEqualTo(new Scored(List.of(0.5)));
        }
    }

    @Test
    void aGraphOfAnotherRouterIsFoundBesideTheStart(@TempDir Path directory) throws IOException {
        for (var name : List.of("tokenizer.json", "calibration.json")) {
            Files.copy(Path.of("router-model", name), directory.resolve(name));
        }
        Files.write(directory.resolve("router.onnx"), new byte[1000]);
        var properties = new RouterProperties(directory.toString(), "weak,strong", 1, 1, LONG, 10, Map.of());

        try (var scorer = new PromptScorer(
                LoadedRouter.load(properties, new Calibrations(Map.of()), new Ladders(Map.of())),
                properties,
                new ScoreMeters(meters))) {
            assertThat(scorer.scores("ab", Calibrations.STANDARD).block(LONG))
                    .isEqualTo(new Unscored(Reason.ROUTER_UNAVAILABLE));
            assertThat(scorer.description()).contains("is not the file that calibration.json belongs to");
        }
    }

    @Test
    void aPairThatTheModelDoesNotKnowIsAWrongProperty() {
        var properties = new RouterProperties("", "weak,gpt-99", 1, 1, LONG, 10, Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadedRouter.load(properties, new Calibrations(Map.of()), new Ladders(Map.of())))
                .withMessageStartingWith("pointsman.router.pair: unknown model 'gpt-99'");
    }

    @Test
    void everyOutcomeIsCounted() {
        try (var scorer = scorer(LONG, 1)) {
            scorer.scores("ab", Calibrations.STANDARD).block(LONG);
            scorer.scores(" ", Calibrations.STANDARD).block(LONG);
        }

        var prompts = meters.get("pointsman.router.prompts");
        assertThat(prompts.tag("outcome", "scored").counter().count()).isEqualTo(1);
        assertThat(meters.get("pointsman.router.prompts")
                        .tag("outcome", "no_text")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("pointsman.router.score").summary().totalAmount()).isEqualTo(0.5);
        assertThat(meters.get("pointsman.router.latency").timer().count()).isEqualTo(2);
    }

    private PromptScorer scorer(Duration timeout, int queue) {
        return scorer(CompletableFuture.completedFuture(ready()), timeout, queue);
    }

    private PromptScorer scorer(CompletableFuture<LoadedRouter> router, Duration timeout, int queue) {
        var properties = new RouterProperties("", "weak,strong", 1, queue, timeout, 10, Map.of());
        return new PromptScorer(router, properties, new ScoreMeters(meters));
    }

    private LoadedRouter ready() {
        return new LoadedRouter.Ready(
                new CachingScorer(this::fake, text -> text, 10),
                new LadderScores(List.of(), Map.of(Calibrations.STANDARD, List.of(0), "three", List.of(0, 2))),
                "a fake",
                () -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Answers at once, but for the text `slow`, for which it waits until it is released.
    private double[] fake(String text) {
        readings.incrementAndGet();
        if (text.equals("slow")) {
            started.countDown();
            await(released);
        }
        if (text.equals("broken")) {
            throw new IllegalStateException("the graph failed");
        }
        return new double[] {1.0 / text.length(), 0.75, 0.875};
    }
}
