package pointsman.lab.router;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.command.BulkReading;
import pointsman.command.Ending;
import pointsman.learn.OutcomeFiles;
import pointsman.learn.Rungs;
import pointsman.score.QualityDrop;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// `ladder`: what three rungs and more are worth beside the pairs among them and beside one model for
/// everything.
@Command(
        name = "ladder",
        mixinStandardHelpOptions = true,
        description =
                "Measures a ladder of models against its pairs and constants, on prompts whose outcomes are known.",
        footer = {
            "",
            "Outcomes: {\"text\", \"source\", \"cat\", \"fold\", \"scores\": {\"model\": 1, ...}}   a JSON object a line",
            "The default rungs are three that the training data know. Their costs are an assumption: US dollars for",
            "a million tokens, prompt and answer mixed three to one, as hosts and OpenAI listed them in 2024."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:a file cannot be used", "2:wrong arguments"})
public final class LadderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            split = ",",
            description = "Outcomes: .jsonl or .jsonl.gz files, or a directory of them.")
    private List<Path> data = List.of();

    @Option(names = "--source", paramLabel = "PREFIX", description = "Only sources whose names begin with this.")
    private String source = "";

    @Option(
            names = "--rungs",
            paramLabel = "NAME",
            split = ",",
            description = "The models, the cheapest first. Default: ${DEFAULT-VALUE}.")
    private List<String> rungs =
            List.of("Meta-Llama-3.1-8B-Instruct", "Meta-Llama-3.1-70B-Instruct", "gpt-4o-2024-05-13");

    @Option(
            names = "--costs",
            paramLabel = "COST",
            split = ",",
            description = "Of an answer of each, in any unit. Default: ${DEFAULT-VALUE}.")
    private List<Double> costs = List.of(0.08, 0.7, 7.5);

    @Option(
            names = "--routers",
            paramLabel = "DIRECTORY",
            description = {
                "Cross-validation: holds fold-N, a router trained without fold N (train.py --folds makes them).",
                "Default: the router inside this program, which has seen the training data."
            })
    private @Nullable Path routers;

    @Option(
            names = "--max-drop",
            paramLabel = "DROP",
            split = ",",
            description = "The promises. Default: ${DEFAULT-VALUE}.")
    private List<String> maxDrops = List.of("1%", "2%", "5%");

    @Option(names = "--confidence", paramLabel = "P", description = "Of each promise. Default: ${DEFAULT-VALUE}.")
    private double confidence = 0.9;

    @Option(
            names = "--outcomes",
            paramLabel = "N",
            description = "Of each simulated calibration: a quarter fits, the others test. Default: ${DEFAULT-VALUE}.")
    private int outcomes = 2000;

    @Option(names = "--draws", paramLabel = "N", description = "Calibrations simulated. Default: ${DEFAULT-VALUE}.")
    private int draws = 200;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Prompts scored at once. Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() {
        return Ending.of(spec, this::measure);
    }

    private void measure() throws IOException, RouterModelException {
        Judged.requireRange("--threads", threads, 1, 256);
        Judged.requireRange("--draws", draws, 1, 1_000_000);
        Judged.requireRange("--outcomes", outcomes, 20, 1_000_000);
        var ladder = new Rungs(rungs, costs);
        var drops = maxDrops.stream().map(QualityDrop::parse).toList();
        var world = world(ladder);
        var simulation = new LadderSimulation(world, outcomes, draws, confidence, seed);
        var out = spec.commandLine().getOut();
        out.println(new LadderCurves(world).table(drops));
        out.println(simulation.table(drops));
        out.flush();
    }

    private LadderWorld world(Rungs ladder) throws IOException, RouterModelException {
        var rows = OutcomeFiles.read(data).stream()
                .filter(row -> row.source().startsWith(source) && rungs.stream().allMatch(row::has))
                .toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no outcome is of all of " + rungs);
        }
        var chosen = routers == null ? Routers.one(RouterModel.load("")) : Routers.folds(routers);
        var reading = new BulkReading(threads, spec.commandLine().getErr());
        return LadderWorld.of(ladder, chosen.read(rows, reading));
    }
}
