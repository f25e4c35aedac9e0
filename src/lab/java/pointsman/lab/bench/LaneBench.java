package pointsman.lab.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.cache.ProviderCache;
import pointsman.table.Table;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SimulatedProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `bench lanes`: what a table job's prompts hit in a simulated provider's cache, in so many lanes, and what the same
/// prompts hit when as many are simply in flight.
@Command(
        name = "lanes",
        mixinStandardHelpOptions = true,
        description = "Measures what a table job hits in a simulated provider's cache, by the number of its lanes.")
final class LaneBench implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LONGEST = Duration.ofMinutes(60);

    @Option(names = "--table", paramLabel = "FILE", required = true)
    private Path table = Path.of("");

    @Option(names = "--rows", paramLabel = "N", description = "The first of the table. Default: ${DEFAULT-VALUE}.")
    private int rows = 100_000;

    @Option(names = "--rule", paramLabel = "NAME", description = "Of cache-rules.csv. Default: ${DEFAULT-VALUE}.")
    private String rule = "vLLM";

    @Option(
            names = "--latency",
            paramLabel = "MS",
            description = {
                "From a request to its answer; none where one lane is alone, for there it decides nothing.",
                "Default: ${DEFAULT-VALUE}."
            })
    private long latencyMillis = 20;

    @Option(names = "--lanes", paramLabel = "N", split = ",", description = "Default: ${DEFAULT-VALUE}.")
    private List<Integer> lanes = List.of(1, 8, 32, 128);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var cache = Rules.named(rule);
        var asked = rows(new TableReader(TableLimits.DEFAULT).read(table), rows);
        try (var provider = SimulatedProvider.start(cache, Duration.ZERO);
                var gateway = gateway(provider, cache)) {
            say("%6s %10s %10s %10s %10s %10s %12s%n"
                    .formatted("lanes", "planned", "realised", "foreseen", "billed", "naive", "CPU seconds"));
            List<String> order = List.of();
            for (int count : lanes) {
                var planned = job(gateway, provider, asked, count);
                order = order.isEmpty() ? provider.bodies() : order;
                var bill = provider.bill();
                say(String.format(
                        Locale.ROOT,
                        "%6d %9.2f%% %9.2f%% %10.6f %10.6f %9.2f%% %12.1f%n",
                        count,
                        100.0
                                * planned.path("cached_tokens").asLong()
                                / planned.path("input_tokens").asLong(),
                        100.0 * bill.cached() / bill.input(),
                        planned.path("input_cost_usd").asDouble(),
                        bill.dollars(cache, 2, 0),
                        naive(provider, order, count),
                        processorSeconds()));
            }
        }
        return 0;
    }

    private static Gateway gateway(SimulatedProvider provider, ProviderCache cache) {
        return Gateway.with(
                "pointsman.upstreams.large.base-url=" + provider.baseUrl(),
                "pointsman.upstreams.large.price.input=2",
                "pointsman.upstreams.large.price.cached-input=" + 2 * cache.readFactor(),
                "pointsman.upstreams.large.price.cache-write=" + 2 * cache.writeFactor(),
                "pointsman.batch.providers.large=" + cache.name(),
                "pointsman.batch.lanes.remote=128",
                "pointsman.batch.limits.upload=256MB",
                "logging.level.pointsman=warn");
    }

    /// Runs one and returns what was planned.
    private JsonNode job(Gateway gateway, SimulatedProvider provider, List<ObjectNode> asked, int count)
            throws Exception {
        provider.forget();
        provider.latency(Duration.ofMillis(count == 1 ? 0 : latencyMillis));
        var jobs = new Jobs(gateway.client());
        var id = jobs.create(Jobs.ask("large", "Is this beer good?", asked, "{\"lanes\": " + count + "}"));
        Eventually.holds("the job is over", LONGEST, () -> jobs.look(id).has("finished_at"));
        return jobs.look(id).path("forecast").path("planned");
    }

    private void say(String text) {
        var out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
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
