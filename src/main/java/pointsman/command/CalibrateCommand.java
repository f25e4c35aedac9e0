package pointsman.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.learn.Calibrator;
import pointsman.learn.Outcome;
import pointsman.learn.OutcomeFiles;
import pointsman.learn.Rungs;
import pointsman.score.LadderSpec;
import pointsman.score.QualityDrop;
import pointsman.score.Reading;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// `calibrate`: fits the router to a pair or a ladder of one's own, and proves which thresholds keep a
/// promise about quality.
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Fits the router to your own models, from the quality of their answers to some hundred prompts, and",
            "finds the thresholds that are proved to lose no more quality than you allow."
        },
        footer = {
            "",
            "Outcomes: {\"text\": \"...\", \"small\": 0, \"large\": 1}   a JSON object a line: qualities from 0 to 1,",
            "or, with --rungs a,b,c, {\"text\": \"...\", \"a\": 0, \"b\": 0.5, \"c\": 1},",
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
                "The promises to prove: the mean quality is at most so much below the last model's, relatively.",
                "Each holds with the confidence for itself. Default: 1%%,2%%,5%%."
            })
    private List<String> maxDrops = List.of("1%", "2%", "5%");

    @Option(names = "--confidence", paramLabel = "P", description = "Of each promise. Default: ${DEFAULT-VALUE}.")
    private double confidence = 0.9;

    @Option(
            names = "--rungs",
            paramLabel = "NAME",
            split = ",",
            description = "The models by their names in the outcomes, the cheapest first. Default: small,large.")
    private List<String> rungs = List.of();

    @Option(
            names = "--costs",
            paramLabel = "COST",
            split = ",",
            description = {
                "What an answer of each rung costs on average, in any unit, such as 1,5,20.",
                "Needed for three rungs and more; of two, the first counts as costing nothing by default."
            })
    private List<Double> costs = List.of();

    @Option(
            names = {"--pair", "--known"},
            paramLabel = "NAME",
            split = ",",
            description = {
                "The models by their names in the router's training data, if they are there: they are not fitted",
                "then, and all outcomes of a pair go into the proof."
            })
    private List<String> known = List.of();

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
        var ladder = ladder();
        var words = known(router, ladder);
        var rows = OutcomeFiles.read(outcomes, ladder.names());
        var result =
                new Calibrator(router, confidence, seed).calibrate(rows, readings(router, rows), ladder, words, drops);
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

    private Rungs ladder() {
        var names = rungs.isEmpty() ? Rungs.PAIR.names() : rungs;
        if (costs.isEmpty() && names.size() > 2) {
            throw new IllegalArgumentException("--costs: must say what each of %d rungs costs".formatted(names.size()));
        }
        try {
            return new Rungs(names, costs.isEmpty() ? Rungs.PAIR.costs() : costs);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--rungs, --costs: " + wrong.getMessage(), wrong);
        }
    }

    private Optional<LadderSpec.Rungs> known(RouterModel router, Rungs ladder) {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        if (known.size() != ladder.size()) {
            throw new IllegalArgumentException(
                    "--pair: must be %d names, was '%s'".formatted(ladder.size(), String.join(",", known)));
        }
        router.requireKnown(known);
        return Optional.of(new LadderSpec.Rungs(known));
    }

    private List<Reading> readings(RouterModel router, List<Outcome> rows) throws RouterModelException {
        try (var graph = router.openForFitting()) {
            var reading = new BulkReading(threads, spec.commandLine().getErr());
            return reading.read(graph, rows.stream().map(Outcome::text).toList());
        }
    }

    private void print(Calibrator.Result result) {
        var out = spec.commandLine().getOut();
        out.println(
                rungs.isEmpty() && costs.isEmpty()
                        ? PairReport.text(result, confidence)
                        : LadderReport.text(result, confidence));
        out.println("written to %s; name it under pointsman.router.calibrations".formatted(this.out));
        out.flush();
    }
}
