package pointsman.usage;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The meters of answered requests: OpenTelemetry's GenAI names where it has one, ours where it has none.
public final class Meters {
    /// Clients may name models of a provider as they like; each new name is a handful of new series.
    private static final int MOST_MODELS = 100;

    private final MeterRegistry registry;
    private final Set<String> models = ConcurrentHashMap.newKeySet();

    /// @param registry where they are registered
    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(Booking booking, long costMicros, long savedMicros) {
        var tier = booking.upstream();
        var model = Tags.of(
                "gen_ai.operation.name", booking.operation(), "gen_ai.response.model", shown(booking.upstreamModel()));
        tokens(model.and("gen_ai.token.type", "input"), booking.usage().input());
        tokens(model.and("gen_ai.token.type", "output"), booking.usage().output());
        timer(
                        "gen_ai.client.operation.duration",
                        model.and("ending", booking.ending().label()))
                .record(booking.duration());
        booking.firstByte()
                .ifPresent(time ->
                        timer("gen_ai.server.time_to_first_token", model).record(time));
        registry.counter("pointsman.decisions", "tier", tier, "reason", booking.reason())
                .increment();
        var account = Tags.of("tenant", booking.tenant(), "tier", tier);
        registry.counter(
                        "pointsman.requests",
                        account.and("ending", booking.ending().label()))
                .increment();
        registry.counter("pointsman.cost.micros", account).increment((double) costMicros);
        registry.counter("pointsman.saved.micros", account).increment((double) Math.max(0, savedMicros));
        registry.counter("pointsman.cached.input.tokens", account)
                .increment((double) booking.usage().cachedInput());
    }

    private String shown(String model) {
        return models.contains(model) || (models.size() < MOST_MODELS && models.add(model)) ? model : "other";
    }

    private void tokens(Tags tags, long tokens) {
        DistributionSummary.builder("gen_ai.client.token.usage")
                .baseUnit("tokens")
                .tags(tags)
                .register(registry)
                .record((double) tokens);
    }

    private Timer timer(String name, Tags tags) {
        return Timer.builder(name).tags(tags).register(registry);
    }
}
