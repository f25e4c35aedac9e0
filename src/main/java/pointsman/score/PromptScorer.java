package pointsman.score;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.score.ScoreOutcome.Reason;
import pointsman.score.ScoreOutcome.Scored;
import pointsman.score.ScoreOutcome.Unscored;
import reactor.core.publisher.Mono;

/// Scores prompts beside the event loop: a bounded queue in front of few threads, a time limit, and a cache
/// that answers without either. Whatever goes wrong becomes an outcome, because a prompt without a score is
/// answered too. The router may still be loading: prompts wait for it as long as they would wait for a score.
public final class PromptScorer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PromptScorer.class);

    private final CompletableFuture<LoadedRouter> router;
    private final ScoringThreads threads;
    private final RouterProperties properties;
    private final ScoreMeters meters;

    PromptScorer(CompletableFuture<LoadedRouter> router, RouterProperties properties, ScoreMeters meters) {
        this.router = router;
        this.properties = properties;
        this.meters = meters;
        this.threads = new ScoringThreads(properties.threads(), properties.queue());
        meters.watch(threads);
        var _ = router.thenAccept(PromptScorer::tell);
    }

    private static void tell(LoadedRouter router) {
        switch (router) {
            case LoadedRouter.Ready ready -> log.info("Router: {}", ready.description());
            case LoadedRouter.Unavailable missing ->
                log.error("No router, every prompt goes to the large model: {}", missing.description());
        }
    }

    /// Scores one prompt for every rung of a ladder but the last, by one reading. Cancelling gives its
    /// place in the queue back.
    ///
    /// @param text the text to score, not the whole request
    /// @param ladder by its name in [Ladders], or that of a calibration; [Calibrations#STANDARD] for
    ///     the configured pair
    /// @return exactly one outcome, never an error
    public Mono<ScoreOutcome> scores(String text, String ladder) {
        return scores(text, ladder, properties.timeout());
    }

    /// Scores one prompt for a ladder and somebody with more patience than a chat has.
    ///
    /// @param text the text to score
    /// @param ladder by its name
    /// @param patience how long the scores are waited for, in the place of `pointsman.router.timeout`
    /// @return exactly one outcome, never an error
    public Mono<ScoreOutcome> scores(String text, String ladder, Duration patience) {
        return Mono.defer(() -> {
            var start = System.nanoTime();
            return outcome(text, ladder, patience)
                    .doOnNext(outcome -> meters.record(outcome, System.nanoTime() - start));
        });
    }

    private Mono<ScoreOutcome> outcome(String text, String ladder, Duration patience) {
        if (text.isBlank()) {
            return Mono.just(new Unscored(Reason.NO_TEXT));
        }
        return router.isDone()
                ? outcome(router.join(), text, ladder, patience)
                : Mono.fromFuture(router, true)
                        .flatMap(loaded -> outcome(loaded, text, ladder, patience))
                        .timeout(patience)
                        .onErrorResume(error -> Mono.just(new Unscored(reason(error))));
    }

    private Mono<ScoreOutcome> outcome(LoadedRouter loaded, String text, String ladder, Duration patience) {
        return switch (loaded) {
            case LoadedRouter.Unavailable _ -> Mono.just(new Unscored(Reason.ROUTER_UNAVAILABLE));
            case LoadedRouter.Ready ready -> rememberedOrNew(ready, text, ladder, patience);
        };
    }

    private Mono<ScoreOutcome> rememberedOrNew(
            LoadedRouter.Ready ready, String text, String ladder, Duration patience) {
        var remembered = ready.remembered(text, ladder);
        if (remembered.isPresent()) {
            return Mono.just(new Scored(remembered.get()));
        }
        return threads.call(() -> ready.scores(text, ladder))
                .<ScoreOutcome>map(Scored::new)
                .timeout(patience)
                .onErrorResume(error -> Mono.just(new Unscored(reason(error))));
    }

    private static Reason reason(Throwable error) {
        return switch (error) {
            case TimeoutException _ -> Reason.ROUTER_TIMEOUT;
            case RejectedExecutionException _ -> Reason.ROUTER_BUSY;
            default -> {
                // Its words may hold the prompt, so its place alone is told.
                log.error("Scoring failed: {} at {}", error.getClass().getName(), List.of(error.getStackTrace()));
                yield Reason.ROUTER_FAILED;
            }
        };
    }

    /// How many prompts are scored at once.
    public int threads() {
        return properties.threads();
    }

    /// Whether prompts can be scored.
    public boolean ready() {
        return router.isDone() && router.join() instanceof LoadedRouter.Ready;
    }

    /// One line for people: the model file and the pair, or why there is none. Waits until that is known.
    public String description() {
        return router.join().description();
    }

    /// Waits for the scores in the making, then frees the model. Later prompts are unscored.
    @Override
    public void close() {
        if (threads.stop()) {
            var _ = router.thenAccept(LoadedRouter::close);
        }
    }
}
