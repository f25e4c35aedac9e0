package pointsman.usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import pointsman.usage.Booking.Ending;

/// The meters of answered requests: OpenTelemetry's GenAI names where it has one, ours where it has none.
public final class Meters {
    /// Clients may name models of a provider as they like; each new name is a handful of new series.
    private static final int MOST_MODELS = 100;

    private final MeterRegistry registry;
    private final Set<String> models = ConcurrentHashMap.newKeySet();
    private final Map<Answers, AnswerSeries> answers = new ConcurrentHashMap<>();
    private final Map<Account, AccountSeries> accounts = new ConcurrentHashMap<>();
    private final Map<Why, Counter> decisions = new ConcurrentHashMap<>();

    /// @param registry where they are registered
    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(Booking booking, OptionalLong costMicros, long savedMicros) {
        var name = shown(booking.by().name());
        answers.computeIfAbsent(
                        new Answers(booking.operation(), shown(booking.by().model()), booking.ending()), this::series)
                .record(booking);
        accounts.computeIfAbsent(new Account(booking.tenant(), name, booking.ending()), this::series)
                .record(booking, costMicros, savedMicros);
        count(booking.units(), booking.tenant(), name);
        decisions
                .computeIfAbsent(new Why(name, booking.by().reason()), this::counter)
                .increment();
    }

    private void count(Units units, String tenant, String name) {
        if (units.amount() > 0) {
            registry.counter(
                            "pointsman.units",
                            "tenant",
                            tenant,
                            "tier",
                            name,
                            "unit",
                            units.unit().label())
                    .increment(units.amount());
        }
    }

    private String shown(String model) {
        return models.contains(model) || (models.size() < MOST_MODELS && models.add(model)) ? model : "other";
    }

    /// Series that go together are looked up once: a registry takes a microsecond for each.
    private record Answers(String operation, String model, Ending ending) {}

    private record Account(String tenant, String name, Ending ending) {}

    private record Why(String name, String reason) {}

    private record AnswerSeries(
            DistributionSummary input, DistributionSummary output, Timer duration, Timer firstToken) {
        void record(Booking booking) {
            input.record((double) booking.usage().input());
            output.record((double) booking.usage().output());
            duration.record(booking.duration());
            if (booking.firstByte() != null) {
                firstToken.record(booking.firstByte());
            }
        }
    }

    private record AccountSeries(Counter requests, Counter cost, Counter unpriced, Counter saved, Counter cached) {
        void record(Booking booking, OptionalLong costMicros, long savedMicros) {
            requests.increment();
            costMicros.ifPresentOrElse(micros -> cost.increment((double) micros), unpriced::increment);
            saved.increment((double) Math.max(0, savedMicros));
            cached.increment((double) booking.usage().cachedInput());
        }
    }

    private AnswerSeries series(Answers answers) {
        var model = Tags.of("gen_ai.operation.name", answers.operation(), "gen_ai.response.model", answers.model());
        return new AnswerSeries(
                tokens(model.and("gen_ai.token.type", "input")),
                tokens(model.and("gen_ai.token.type", "output")),
                registry.timer(
                        "gen_ai.client.operation.duration",
                        model.and("ending", answers.ending().label())),
                registry.timer("gen_ai.server.time_to_first_token", model));
    }

    private AccountSeries series(Account account) {
        var tags = Tags.of("tenant", account.tenant(), "tier", account.name());
        return new AccountSeries(
                registry.counter(
                        "pointsman.requests",
                        tags.and("ending", account.ending().label())),
                registry.counter("pointsman.cost.micros", tags),
                registry.counter("pointsman.unpriced.requests", tags),
                registry.counter("pointsman.saved.micros", tags),
                registry.counter("pointsman.cached.input.tokens", tags));
    }

    private Counter counter(Why why) {
        return registry.counter("pointsman.decisions", "tier", why.name(), "reason", why.reason());
    }

    private DistributionSummary tokens(Tags tags) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .baseUnit("tokens")
                .tags(tags)
                .register(registry);
    }
}
