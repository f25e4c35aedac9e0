package pointsman.testing;

import java.time.Duration;
import pointsman.cache.ProviderCache;

/// Prints how many rows a second a gateway answers whose upstream takes no time, and what a row costs of its
/// processor: a table job with the numbers from 0 on, in a process of its own.
///
/// `./mvnw -q -Pjmh test-compile exec:exec@benchmarks -Dbenchmark.main=pointsman.testing.JobBench
/// -Djmh.arguments="30000 32"`: the rows and the lanes.
public final class JobBench {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private JobBench() {}

    /// Runs the benchmark.
    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        var rule = ProviderCache.packaged().stream()
                .filter(one -> one.name().equals("none"))
                .findFirst()
                .orElseThrow();
        try (var provider = SimulatedProvider.start(rule, Duration.ZERO);
                var gateway = GatewayProcess.of(
                        provider.baseUrl(),
                        "pointsman.batch.lanes.remote=128",
                        "pointsman.batch.limits.form=64MB",
                        "logging.level.pointsman.usage=warn")) {
            gateway.awaitReady();
            job(gateway, 2_000, arguments[1]);
            var before = gateway.processorTime();
            long seconds = job(gateway, rows, arguments[1]);
            var processor = gateway.processorTime().minus(before);
            System.out.printf(
                    "%d rows in %s lanes: %d rows/s by the clock; %.0f microseconds of processor a row%n",
                    rows, arguments[1], rows / Math.max(1, seconds), processor.toNanos() / 1e3 / rows);
        }
    }

    /// @return the seconds that its answers took
    private static long job(GatewayProcess gateway, int rows, String lanes) throws Exception {
        var id = gateway.create(Jobs.ask("small", "Say n.", Jobs.numbers(rows), "{\"lanes\": " + lanes + "}"));
        var job = gateway.awaitJob(id, LONGEST);
        return job.path("finished_at").asLong() - job.path("started_at").asLong();
    }
}
