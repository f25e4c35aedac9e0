package pointsman.testing.failover;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.context.ConfigurableApplicationContext;
import pointsman.access.KeyHash;
import pointsman.testing.Eventually;
import pointsman.testing.Fault;
import pointsman.testing.FaultyProvider;
import pointsman.testing.Gateway;
import pointsman.testing.Pace;
import pointsman.testing.SharedGateway;

/// The whole gateway in front of a [FaultyProvider], and the cases that are tried on it. Each case has
/// upstreams and a tenant of its own ([Pair]), so that they run side by side; before each one a healthy
/// call goes the same way.
public final class FailoverKit implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final int WARMING = 5;
    private static final Duration BOOKED = Duration.ofSeconds(2);

    /// One gateway has one budget of retries, and a case alone would never spend it: so many have no part
    /// in it.
    private static final String BUDGET_OF_ALL = "pointsman.upstreams.retry-budget.per-second=1000";

    private final FaultyProvider provider;
    private final Map<FailoverCase, Pair> pairs;
    private final FailoverLimits limits;
    private final ConfigurableApplicationContext gateway;
    private final LedgerLines ledger;

    private FailoverKit(
            FaultyProvider provider,
            Map<FailoverCase, Pair> pairs,
            FailoverLimits limits,
            ConfigurableApplicationContext gateway) {
        this.provider = provider;
        this.pairs = pairs;
        this.limits = limits;
        this.gateway = gateway;
        this.ledger = LedgerLines.listen();
    }

    /// Starts all that these cases need.
    ///
    /// @param more properties, such as `logging.level.pointsman=off`
    public static FailoverKit start(List<FailoverCase> cases, FailoverLimits limits, String... more) throws Exception {
        var provider = FaultyProvider.start();
        var pairs = new LinkedHashMap<FailoverCase, Pair>();
        cases.forEach(each -> pairs.put(each, Pair.of(each, provider, limits.pace())));
        var properties = properties(provider, pairs, limits);
        properties.addAll(List.of(more));
        var kit = new FailoverKit(provider, pairs, limits, Gateway.run(properties));
        Eventually.holds(
                "the gateway is ready",
                LONGEST_START,
                () -> RawAnswer.get(kit.uri("/readyz")).status() == 200);
        return kit;
    }

    /// Tries all cases side by side, those first that take longest.
    ///
    /// @param told each verdict as it is given
    public Map<FailoverCase, CompletableFuture<Judgement>> run(Consumer<Judgement> told) {
        var running = new LinkedHashMap<FailoverCase, CompletableFuture<Judgement>>();
        var number = new AtomicInteger();
        pairs.keySet().stream()
                .sorted(Comparator.comparingDouble(FailoverKit::length).reversed())
                .forEach(each -> {
                    long delay = limits.apart().toMillis() * number.getAndIncrement();
                    var later = CompletableFuture.delayedExecutor(
                            delay,
                            TimeUnit.MILLISECONDS,
                            task -> Thread.ofVirtual().start(task));
                    running.put(
                            each,
                            CompletableFuture.supplyAsync(() -> judge(each), later)
                                    .whenComplete((judgement, _) -> {
                                        if (judgement != null) {
                                            told.accept(judgement);
                                        }
                                    }));
                });
        return running;
    }

    /// Tries one case once more, while no other is tried.
    public synchronized Judgement again(FailoverCase of) {
        return judge(of);
    }

    @Override
    public void close() throws IOException {
        ledger.close();
        gateway.close();
        provider.close();
    }

    private Judgement judge(FailoverCase of) {
        try {
            return tried(of);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (Exception bug) {
            throw new IllegalStateException(of.toString(), bug);
        }
    }

    private Judgement tried(FailoverCase of) throws Exception {
        var pair = pairs.get(of);
        if (pair == null) {
            throw new IllegalArgumentException(of + " is not among the cases");
        }
        pair.turn(Fault.HEALTHY);
        var healthy = ask(of);
        // A machine that has just begun to work is slow, and the fallback may be asked once or twice.
        for (int tries = 1; tries < WARMING && !pair.fallback().calls().isEmpty(); tries++) {
            pair.turn(Fault.HEALTHY);
            healthy = ask(of);
        }
        if (!healthy.isWhole() || !pair.fallback().calls().isEmpty()) {
            return new Judgement(
                    of, Verdict.FAIL, 0, 0, healthy.seconds(), "while the primary was healthy: " + healthy.words());
        }
        pair.turn(of.fault());
        if (of.fault() == Fault.S15) {
            return new Outage(of, pair, limits, () -> ask(of)).judgement();
        }
        var heard = ask(of);
        return new Judge(of, heard, pair.primary().calls(), pair.fallback().calls(), booked(heard), limits).judgement();
    }

    private Heard ask(FailoverCase of) throws InterruptedException {
        var patience = Wanted.of(of.fault()).patience(limits.pace());
        var raw = RawAnswer.of(
                uri(of.client().path()), SharedGateway.key(of.id()), of.client().body(of.stream()), patience);
        return Heard.of(raw, of.client(), of.stream());
    }

    /// The ledger books when an answer has ended, and the client may be the first to know.
    private List<String> booked(Heard heard) throws Exception {
        var request = heard.raw().header("x-pointsman-request-id");
        try {
            Eventually.holds("it is booked", BOOKED, () -> !ledger.of(request).isEmpty());
        } catch (AssertionError _) {
            return List.of();
        }
        return ledger.of(request);
    }

    private URI uri(String path) {
        var port = gateway.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static double length(FailoverCase of) {
        return of.fault() == Fault.S15 ? 1000 : Wanted.of(of.fault()).seconds();
    }

    private static List<String> properties(
            FaultyProvider provider, Map<FailoverCase, Pair> pairs, FailoverLimits limits) throws IOException {
        var data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "jobs")), "failover-");
        var nobody = provider.upstream("nobody", 1, new Pace(1)).baseUrl();
        var properties = new ArrayList<>(List.of(
                "server.port=0",
                "management.server.port=0",
                "pointsman.batch.data-directory=" + data,
                "pointsman.upstreams.small.base-url=" + nobody,
                "pointsman.upstreams.small.model=nobody",
                "pointsman.upstreams.large.base-url=" + nobody,
                "pointsman.upstreams.large.model=nobody",
                "pointsman.tier.threshold=0",
                BUDGET_OF_ALL));
        properties.addAll(limits.properties());
        int number = 0;
        for (var pair : pairs.values()) {
            pair.properties(number++, KeyHash.of(SharedGateway.key(pair.id())).text())
                    .forEach(properties::add);
        }
        return properties;
    }
}
