package pointsman.score;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What the router tells the operator: how many prompts ended how, how long that took, how the scores are
/// spread, and how many prompts wait.
final class ScoreMeters {
    private final MeterRegistry registry;
    private final Timer latency;
    private final DistributionSummary scores;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();

    ScoreMeters(MeterRegistry registry) {
        this.registry = registry;
        latency = Timer.builder("pointsman.router.latency")
                .description("From the prompt's arrival to its score or the end of the attempt")
                .publishPercentileHistogram()
                .register(registry);
        scores = DistributionSummary.builder("pointsman.router.score")
                .description("P(the small model's answer is good enough), of a ladder's cheapest")
                .serviceLevelObjectives(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
                .register(registry);
    }

    void watch(ScoringThreads threads) {
        Gauge.builder("pointsman.router.waiting", threads, ScoringThreads::waiting)
                .description("Prompts that wait for a thread")
                .register(registry);
    }

    void record(ScoreOutcome outcome, long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
        switch (outcome) {
            case ScoreOutcome.Scored scored -> {
                scores.record(scored.scores().getFirst());
                count("scored");
            }
            case ScoreOutcome.Unscored unscored ->
                count(unscored.reason().name().toLowerCase(Locale.ROOT));
        }
    }

    private void count(String outcome) {
        outcomes.computeIfAbsent(outcome, each -> registry.counter("pointsman.router.prompts", "outcome", each))
                .increment();
    }
}
