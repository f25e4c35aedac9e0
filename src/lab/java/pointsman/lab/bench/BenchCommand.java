package pointsman.lab.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import pointsman.lab.server.ServerBench;
import pointsman.plan.PlanBench;

/// `bench`: all benchmarks.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "What things cost.",
        subcommands = {
            ServerBench.class,
            StartBench.class,
            MemoryBench.class,
            JobBench.class,
            LaneBench.class,
            KillBench.class,
            KillEngineBench.class,
            PlanBench.class
        })
public final class BenchCommand {
    private BenchCommand() {}

    /// With all that it can measure.
    public static CommandLine line() {
        var line = new CommandLine(new BenchCommand());
        add(
                line,
                "score",
                "ScoreBenchmark|ThroughputBenchmark",
                "Measures a score: one at a time, and a second's worth.");
        add(line, "solvers", "PlanningBenchmark", "Measures warm solvers of the planner.");
        add(line, "stream", "StreamBenchmark", "Measures what an event of a stream takes.");
        add(line, "habits", "HabitBenchmark", "Measures what fitting a request to its provider takes.");
        return line;
    }

    private static void add(CommandLine line, String name, String benchmarks, String description) {
        var micro = new CommandLine(new MicroBench(benchmarks));
        micro.getCommandSpec().usageMessage().description(description);
        line.addSubcommand(name, micro);
    }
}
