package pointsman.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.learn.Calibrator;
import pointsman.learn.Outcome;
import pointsman.learn.OutcomeFiles;
import pointsman.learn.Promise;
import pointsman.score.ModelPair;
import pointsman.score.QualityDrop;
import pointsman.score.Reading;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// `calibrate`: fits the router to a pair of one's own, and proves which threshold keeps a promise about quality.
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Fits the router to your own pair of models, from the quality of their answers to some hundred prompts, and",
            "finds the thresholds that are proved to lose no more quality than you allow."
        },
        footer = {
            "",
            "Outcomes: {\"text\": \"...\", \"small\": 0, \"large\": 1}   a JSON object a line: qualities from 0 to 1,",
            "of prompts drawn at random from those that will be routed: a promise holds for prompts like these."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the calibration was written, whether or not a saving can be promised",
            "1:a file cannot be used",
            "2:wrong arguments, or too few outcomes"
        })
public final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--outcomes",
            required = true,
            paramLabel = "FILE",
            split = ",",
            description = "The outcomes: .jsonl or .jsonl.gz.")
    private List<Path> outcomes = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "The calibration. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("pair-calibration.json");

    @Option(
            names = "--max-drop",
            paramLabel = "DROP",
            split = ",",
            description = {
                "The promises to prove: the mean quality is at most so much below the large model's, relatively.",
                "Each holds with the confidence for itself. Default: 1%%,2%%,5%%."
            })
    private List<String> maxDrops = List.of("1%", "2%", "5%");

    @Option(names = "--confidence", paramLabel = "P", description = "Of each promise. Default: ${DEFAULT-VALUE}.")
    private double confidence = 0.9;

    @Option(
            names = "--pair",
            paramLabel = "SMALL,LARGE",
            description = {
                "The two models by their names in the router's training data, if they are there: they are not fitted",
                "then, and all outcomes go into the proof."
            })
    private @Nullable String pair;

    @Option(
            names = "--model",
            paramLabel = "DIRECTORY",
            description = "Where router.onnx, tokenizer.json and calibration.json lie. Default: inside this program.")
    private String directory = "";

    @Option(names = "--seed", paramLabel = "N", description = "Of the shuffling. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Prompts scored at once. Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() {
        return Ending.of(spec, this::calibrate);
    }

    private void calibrate() throws IOException, RouterModelException {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("--confidence: must be above 0 and below 1, was " + confidence);
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("--threads: must be 1 to 256, was " + threads);
        }
        var drops = maxDrops.stream().map(CalibrateCommand::drop).toList();
        var router = RouterModel.load(directory);
        var known = known(router);
        var rows = OutcomeFiles.read(outcomes);
        var result = new Calibrator(router, confidence, seed).calibrate(rows, readings(router, rows), known, drops);
        result.calibration().write(out);
        print(result);
    }

    private static QualityDrop drop(String text) {
        try {
            return QualityDrop.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--max-drop: " + wrong.getMessage(), wrong);
        }
    }

    private Optional<ModelPair> known(RouterModel router) {
        var models = Optional.ofNullable(pair).map(ModelPair::parse);
        models.ifPresent(router::requireKnown);
        return models;
    }

    private List<Reading> readings(RouterModel router, List<Outcome> rows) throws RouterModelException {
        try (var graph = router.openForFitting()) {
            var reading = new BulkReading(threads, spec.commandLine().getErr());
            return reading.read(graph, rows.stream().map(Outcome::text).toList());
        }
    }

    private void print(Calibrator.Result result) {
        var out = spec.commandLine().getOut();
        out.println(summary(result));
        result.promises().forEach(promise -> out.println(sentence(promise)));
        out.println("written to %s; name it under pointsman.router.calibrations".formatted(this.out));
        out.flush();
    }

    private static String summary(Calibrator.Result result) {
        var curve = result.curve();
        return String.format(
                Locale.ROOT,
                "%d outcomes fitted the pair, %d others tested thresholds%n"
                        + "mean quality: small %.3f, large %.3f; %s",
                result.calibration().fittedOn(),
                result.calibration().testedOn(),
                curve.small(),
                curve.large(),
                curve.large() > curve.small()
                        ? String.format(Locale.ROOT, "APGR %.3f (random 0.5)", curve.apgr())
                        : "small is as good as large here");
    }

    private String sentence(Promise promise) {
        var promised = String.format(Locale.ROOT, "at most %s drop, confidence %s: ", promise.maxDrop(), confidence);
        return promised
                + (promise.threshold().isPresent()
                        ? saving(promise, promise.threshold().getAsDouble())
                        : "no saving can be promised. " + reason(promise));
    }

    private static String saving(Promise promise, double threshold) {
        return String.format(
                Locale.ROOT,
                "threshold %.3f; small answers %.1f %% (%.1f to %.1f %%) of prompts like these; drop here %.2f %%",
                threshold,
                100 * promise.saving().value(),
                100 * promise.saving().low(),
                100 * promise.saving().high(),
                100 * promise.drop());
    }

    private static String reason(Promise promise) {
        return promise.outcomesForProof().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "On these outcomes small could have answered %.1f %%, but they are too few to prove any of it:"
                                + " about %d might.",
                        100 * promise.naiveSaving(),
                        promise.outcomesForProof().getAsInt())
                : "The score does not tell well enough where small is good enough: send everything to large, or allow"
                        + " a larger drop.";
    }
}
