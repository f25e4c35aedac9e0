package pointsman.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import pointsman.cache.ProviderCache;
import pointsman.table.Table;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Prints what a table job's prompts hit in a simulated provider's cache, in 1, 8, 32 and 128 lanes, and what
/// the same prompts hit when as many are simply in flight.
///
/// `./mvnw -q -Pjmh test-compile exec:exec@benchmarks -Dbenchmark.main=pointsman.testing.LaneBench
/// -Djmh.arguments="../shared/data/tables/beer.csv.gz 100000 vLLM 20 1,8,32,128"`: the table, its first rows, a rule
/// of `cache-rules.csv`, the milliseconds from a request to its answer (none where one lane is alone, for there they
/// decide nothing), and how many lanes.
public final class LaneBench {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LONGEST = Duration.ofMinutes(60);

    private LaneBench() {}

    /// Runs the benchmark.
    public static void main(String[] arguments) throws Exception {
        var rule = ProviderCache.packaged().stream()
                .filter(one -> one.name().equals(arguments[2]))
                .findFirst()
                .orElseThrow();
        var rows =
                rows(new TableReader(TableLimits.DEFAULT).read(Path.of(arguments[0])), Integer.parseInt(arguments[1]));
        try (var provider = SimulatedProvider.start(rule, Duration.ZERO);
                var gateway = Gateway.with(
                        "pointsman.upstreams.large.base-url=" + provider.baseUrl(),
                        "pointsman.upstreams.large.price.input=2",
                        "pointsman.upstreams.large.price.cached-input=" + 2 * rule.readFactor(),
                        "pointsman.upstreams.large.price.cache-write=" + 2 * rule.writeFactor(),
                        "pointsman.batch.providers.large=" + rule.name(),
                        "pointsman.batch.lanes.remote=128",
                        "pointsman.batch.limits.upload=256MB",
                        "logging.level.pointsman=warn")) {
            System.out.printf(
                    "%6s %10s %10s %10s %10s %10s %12s%n",
                    "lanes", "planned", "realised", "foreseen", "billed", "naive", "CPU seconds");
            List<String> order = List.of();
            for (var word : arguments[4].split(",", -1)) {
                int lanes = Integer.parseInt(word);
                provider.forget();
                provider.latency(Duration.ofMillis(lanes == 1 ? 0 : Long.parseLong(arguments[3])));
                var jobs = new Jobs(gateway.client());
                var id = jobs.create(Jobs.ask("large", "Is this beer good?", rows, "{\"lanes\": " + lanes + "}"));
                Eventually.holds("the job is over", LONGEST, () -> jobs.look(id).has("finished_at"));
                order = order.isEmpty() ? provider.bodies() : order;
                var bill = provider.bill();
                var planned = jobs.look(id).path("forecast").path("planned");
                System.out.printf(
                        "%6d %9.2f%% %9.2f%% %10.6f %10.6f %9.2f%% %12.1f%n",
                        lanes,
                        100.0
                                * planned.path("cached_tokens").asLong()
                                / planned.path("input_tokens").asLong(),
                        100.0 * bill.cached() / bill.input(),
                        planned.path("input_cost_usd").asDouble(),
                        bill.dollars(rule, 2, 0),
                        naive(provider, order, lanes),
                        processorSeconds());
            }
        }
    }

    /// Of gateway, provider and this together, since they began.
    private static double processorSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }

    /// The hits when the order of one lane is sent with so many calls in flight.
    private static double naive(SimulatedProvider provider, List<String> order, int inFlight) throws Exception {
        provider.forget();
        var places = new Semaphore(inFlight);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var body : order) {
                places.acquire();
                var _ = threads.submit(() -> {
                    try {
                        return HTTP.send(request(provider, body), BodyHandlers.ofString());
                    } finally {
                        places.release();
                    }
                });
            }
        }
        return 100.0 * provider.bill().cached() / provider.bill().input();
    }

    private static HttpRequest request(SimulatedProvider provider, String body) {
        return HttpRequest.newBuilder(URI.create(provider.baseUrl() + "/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static List<ObjectNode> rows(Table table, int most) {
        return IntStream.range(0, Math.min(most, table.rows()))
                .mapToObj(row -> {
                    var json = JSON.createObjectNode();
                    for (int column = 0; column < table.names().size(); column++) {
                        json.set(table.names().get(column), JSON.readTree(table.cell(row, column)));
                    }
                    return json;
                })
                .toList();
    }
}
