package pointsman.lab.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.testing.GatewayProcess;
import pointsman.testing.Jobs;
import pointsman.testing.SimulatedProvider;

/// `bench jobs`: how many rows a second a gateway answers whose upstream takes no time, and what a row costs of its
/// processor: a table job with the numbers from 0 on, in a process of its own.
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Measures what a row of a table job costs, with an upstream that takes no time.")
final class JobBench implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final int WARM_UP_ROWS = 2_000;

    @Option(names = "--rows", paramLabel = "N", description = "Of the table. Default: ${DEFAULT-VALUE}.")
    private int rows = 30_000;

    @Option(names = "--lanes", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int lanes = 32;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (var provider = SimulatedProvider.start(Rules.named("none"), Duration.ZERO);
                var gateway = GatewayProcess.of(
                        provider.baseUrl(),
                        "pointsman.batch.lanes.remote=128",
                        "pointsman.batch.limits.form=64MB",
                        "logging.level.pointsman.usage=warn")) {
            gateway.awaitReady();
            job(gateway, WARM_UP_ROWS);
            var before = gateway.processorTime();
            long seconds = job(gateway, rows);
            var processor = gateway.processorTime().minus(before);
            var out = spec.commandLine().getOut();
            out.printf(
                    Locale.ROOT,
                    "%d rows in %d lanes: %d rows/s by the clock; %.0f microseconds of processor a row%n",
                    rows,
                    lanes,
                    rows / Math.max(1, seconds),
                    processor.toNanos() / 1e3 / rows);
            out.flush();
        }
        return 0;
    }

    /// @return the seconds that its answers took
    private long job(GatewayProcess gateway, int rows) throws Exception {
        var id = gateway.create(Jobs.ask("small", "Say n.", Jobs.numbers(rows), "{\"lanes\": " + lanes + "}"));
        var job = gateway.awaitJob(id, LONGEST);
        return job.path("finished_at").asLong() - job.path("started_at").asLong();
    }
}
