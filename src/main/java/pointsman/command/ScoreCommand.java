package pointsman.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.score.LadderCalibration;
import pointsman.score.ModelPair;
import pointsman.score.OnnxScorer;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// `score`: how likely the small model's answer is good enough, for each prompt of a file. The same code as
/// the gateway's.
///
/// The scores are written to a file of their own and put in place when the last one stands, so that a
/// malformed line or a full disk leaves nothing half-written.
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Scores prompts: P(the small model's answer is good enough), 0 to 1.",
        footer = {
            "",
            "Input:  {\"id\": 7, \"text\": \"What is 2 + 2?\"}   a JSON object a line, UTF-8; id: string or number",
            "Output: {\"id\":7,\"score\":0.91}                 in the same order; null where the text is blank"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line was scored",
            "1:the router's files, the input or the output cannot be used",
            "2:wrong arguments, an unknown model, or a malformed line, named by its number; nothing was written"
        })
public final class ScoreCommand implements Callable<Integer> {
    private static final String STANDARD = "-";

    private final InputStream standardIn;
    private final OutputStream standardOut;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The prompts; - is standard input.")
    private String in;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The scores; - is standard output.")
    private String out;

    @Option(
            names = "--pair",
            paramLabel = "SMALL,LARGE",
            description = {
                "Two models by their names in the training data. Default: the router's own pair, as in a gateway whose",
                "pointsman.router.pair is not set.",
                "A size in place of a name (8B, 135M) is a guess from what models of such sizes can do."
            })
    private String pair = "";

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "Score for the pair that `calibrate` fitted, instead of --pair.")
    private @Nullable Path calibration;

    @Option(
            names = "--model",
            paramLabel = "DIRECTORY",
            description = "Where router.onnx, tokenizer.json and calibration.json lie. Default: inside this program.")
    private String directory = "";

    @Spec
    private CommandSpec spec;

    /// Reads and writes the process's own streams where a file is called `-`.
    public ScoreCommand() {
        this(System.in, System.out);
    }

    public ScoreCommand(InputStream standardIn, OutputStream standardOut) {
        this.standardIn = standardIn;
        this.standardOut = standardOut;
    }

    @Override
    public Integer call() {
        return Ending.of(spec, this::score);
    }

    private void score() throws IOException, RouterModelException, MalformedLineException {
        var model = RouterModel.load(directory);
        try (var scorer = scorer(model);
                var prompts = in.equals(STANDARD) ? standardIn : Files.newInputStream(Path.of(in))) {
            var threads = Runtime.getRuntime().availableProcessors();
            write(prompts, new LineScoring(scorer, threads));
        }
    }

    private OnnxScorer scorer(RouterModel model) throws RouterModelException {
        if (calibration != null && !pair.isEmpty()) {
            throw new IllegalArgumentException("--pair cannot stand beside --calibration");
        }
        if (calibration != null) {
            return model.scorer(LadderCalibration.read(calibration));
        }
        var wanted = pair.isEmpty() ? model.defaultPair() : ModelPair.parse(pair);
        if (model.isGuess(wanted)) {
            spec.commandLine()
                    .getErr()
                    .println("score: the pair %s is a guess by size; `calibrate` fits it from outcomes"
                            .formatted(wanted));
        }
        return model.scorer(wanted);
    }

    private void write(InputStream prompts, LineScoring scoring) throws IOException, MalformedLineException {
        requireNoDirectory();
        var part = partFile();
        try {
            try (var scores = Files.newOutputStream(part)) {
                scoring.score(prompts, scores, spec.commandLine().getErr());
            }
            deliver(part);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Beside the output, so that it can be moved there in one step.
    private Path partFile() throws IOException {
        if (isStream()) {
            return Files.createTempFile("pointsman-scores-", ".jsonl");
        }
        var file = Path.of(out).toAbsolutePath();
        return file.resolveSibling("%s.%d.part"
                .formatted(file.getFileName(), ProcessHandle.current().pid()));
    }

    private void deliver(Path part) throws IOException {
        if (out.equals(STANDARD)) {
            Files.copy(part, standardOut);
            standardOut.flush();
        } else if (isStream()) {
            try (var stream = Files.newOutputStream(Path.of(out))) {
                Files.copy(part, stream);
            }
        } else {
            Files.move(part, Path.of(out), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void requireNoDirectory() throws IOException {
        if (Files.isDirectory(Path.of(out))) {
            throw new IOException("--out: %s is a directory".formatted(out));
        }
    }

    /// Standard output, a pipe, a device or a link (such as /dev/stdout): nothing that a file should replace.
    private boolean isStream() {
        var file = Path.of(out);
        return out.equals(STANDARD) || (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }
}
