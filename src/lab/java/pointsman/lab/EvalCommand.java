package pointsman.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.command.Ending;
import pointsman.learn.Outcome;
import pointsman.learn.OutcomeFiles;
import pointsman.score.BulkReading;
import pointsman.score.ModelPair;
import pointsman.score.PairCalibration;
import pointsman.score.PairScore;
import pointsman.score.QualityDrop;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// `eval`: what a router is worth, measured on outcomes with the very code that scores in the gateway.
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = "Measures how well the router ranks prompts, on prompts whose outcomes are known.",
        footer = {
            "",
            "Outcomes: {\"text\": \"...\", \"small\": 0, \"large\": 1}   a JSON object a line: qualities from 0 to 1",
            "or        {\"text\", \"source\", \"cat\", \"fold\", \"scores\": {\"model\": 1, ...}}",
            "Measures: APGR (average performance gap recovered, random 0.5), CPT50 and CPT80 (percent of calls to large",
            "for 50 and 80 %% of its gain), cost advantage (percent of calls to small at that relative drop of quality),",
            "ECE (expected calibration error; by chance: what a perfectly calibrated score would show)."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:a file cannot be used", "2:wrong arguments"})
public final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            split = ",",
            description = "Outcomes: .jsonl or .jsonl.gz files, or a directory of them.")
    private List<Path> data = List.of();

    @Option(
            names = "--router",
            paramLabel = "DIRECTORY",
            description = "The router that is judged. Default: the one inside this program.")
    private String router = "";

    @Option(
            names = "--routers",
            paramLabel = "DIRECTORY",
            description = {
                "Cross-validation: holds fold-N, a router trained without fold N,",
                "for each fold of the outcomes (train.py --folds makes them)."
            })
    private @Nullable Path routers;

    @Option(
            names = "--pair",
            paramLabel = "SMALL,LARGE",
            description = {
                "The two models whose outcomes count. Default: the standard tasks of the training data,",
                "or small and large where these are what the file says."
            })
    private @Nullable String pair;

    @Option(
            names = "--as",
            paramLabel = "SMALL,LARGE",
            description = {
                "The pair to score for, where it goes by other names than --pair; of small and large",
                "the router's own by default. Sizes (8B) and prices ($0.6) are a guess."
            })
    private @Nullable String as;

    @Option(names = "--calibration", paramLabel = "FILE", description = "Score as `calibrate` fitted the pair.")
    private @Nullable Path calibration;

    @Option(names = "--source", paramLabel = "PREFIX", description = "Only sources whose names begin with this.")
    private String source = "";

    @Option(names = "--curve", paramLabel = "FILE.svg", description = "Draw the quality curves.")
    private @Nullable Path curve;

    @Option(
            names = "--guarantee",
            paramLabel = "DROP",
            description = {
                "Also simulate the promise of at most this drop, such as 1%%: how often thresholds from",
                "--outcomes prompts break it, and what they save."
            })
    private @Nullable String guarantee;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            description = "Of the simulated promise. Default: ${DEFAULT-VALUE}.")
    private double confidence = 0.9;

    @Option(
            names = "--outcomes",
            paramLabel = "N",
            description = "Of each simulated promise. Default: ${DEFAULT-VALUE}.")
    private int outcomes = 2000;

    @Option(
            names = "--attack",
            description =
                    "Also search a short prefix that steers prompts to large, and say how far it does (--router).")
    private boolean attack;

    @Option(
            names = "--onboard",
            paramLabel = "N",
            description = {
                "Instead: what the pair of --pair is worth to a router that was not trained on it, fitted with N of the",
                "outcomes, again and again others."
            })
    private int onboard;

    @Option(
            names = "--draws",
            paramLabel = "N",
            description = "Samples of the bootstrap; a fifth of them, of promises. Default: ${DEFAULT-VALUE}.")
    private int draws = 1000;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Prompts scored at once. Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() {
        return Ending.of(spec, this::evaluate);
    }

    private void evaluate() throws IOException, RouterModelException {
        requireRange("--draws", draws, 1, 1_000_000);
        requireRange("--threads", threads, 1, 256);
        requireRange("--outcomes", outcomes, 1, 1_000_000);
        var scored = scored();
        if (onboard > 0) {
            print(new Onboarding(onboard, Math.max(1, draws / 50), seed).table(scored));
            return;
        }
        print(new EvaluationReport(draws, seed).text(scored));
        if (guarantee != null) {
            var drop = QualityDrop.parse(guarantee).share();
            print(new GuaranteeSimulation(Math.max(1, draws / 5), outcomes, seed).table(scored, drop, confidence));
        }
        if (attack) {
            attack(scored.getFirst());
        }
        if (curve != null) {
            Files.writeString(curve, CurvePicture.svg(scored));
        }
    }

    private void attack(ScoredTask task) throws RouterModelException {
        var model = RouterModel.load(router);
        try (var graph = model.open()) {
            var score = pairScore(model, task.task());
            var texts = new ArrayList<>(
                    task.rows().stream().map(row -> row.outcome().text()).toList());
            Collections.shuffle(texts, new Random(seed));
            print(new PrefixAttack(text -> score.of(graph.read(text)), seed).report(texts));
        }
    }

    private List<ScoredTask> scored() throws IOException, RouterModelException {
        var rows = OutcomeFiles.read(data);
        var tasks = tasks(rows.stream().anyMatch(row -> row.quality().containsKey(Outcome.SMALL)));
        var error = spec.commandLine().getErr();
        var chosen = routers == null ? Routers.one(RouterModel.load(router)) : Routers.folds(routers);
        var scored = chosen.score(tasks, rows, this::pairScore, new BulkReading(threads, error));
        if (scored.isEmpty()) {
            throw new IllegalArgumentException(
                    "none of the %d outcomes is of both models of %s".formatted(rows.size(), tasks));
        }
        return scored;
    }

    private List<Task> tasks(boolean ofOnePair) {
        if (pair != null) {
            var models = ModelPair.parse(pair);
            return List.of(new Task(models.toString(), models.small(), models.large(), source));
        }
        return ofOnePair
                ? List.of(new Task("outcomes", Outcome.SMALL, Outcome.LARGE, source))
                : Task.STANDARD.stream()
                        .filter(task -> task.source().startsWith(source))
                        .toList();
    }

    private PairScore pairScore(RouterModel model, Task task) throws RouterModelException {
        if (calibration != null) {
            return PairCalibration.read(calibration).pairScore(model);
        }
        if (onboard > 0) {
            var any = model.models(); // the pair is fitted, and need not be known
            return model.pairScore(new ModelPair(any.getFirst(), any.getLast()));
        }
        if (as != null) {
            return model.pairScore(ModelPair.parse(as));
        }
        return task.small().equals(Outcome.SMALL)
                ? model.pairScore(model.defaultPair())
                : model.pairScore(new ModelPair(task.small(), task.large()));
    }

    private static void requireRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(option, least, most, value));
        }
    }

    private void print(String text) {
        var out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
