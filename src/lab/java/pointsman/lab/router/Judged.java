package pointsman.lab.router;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import pointsman.command.BulkReading;
import pointsman.learn.Outcome;
import pointsman.learn.OutcomeFiles;
import pointsman.score.LadderCalibration;
import pointsman.score.ModelPair;
import pointsman.score.PairScore;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// The options that say which router is judged, on which outcomes of which pair.
final class Judged {
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

    @Option(names = "--threads", paramLabel = "N", description = "Prompts scored at once. Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    RouterModel router() throws RouterModelException {
        return RouterModel.load(router);
    }

    /// Reads and scores the outcomes of every task that has some.
    ///
    /// @param progress told how many prompts were scored
    List<ScoredTask> scored(Routers routers, Routers.PairOf pairs, PrintWriter progress)
            throws IOException, RouterModelException {
        requireRange("--threads", threads, 1, 256);
        var rows = OutcomeFiles.read(data);
        var tasks = tasks(rows.stream().anyMatch(row -> row.quality().containsKey(Outcome.SMALL)));
        var scored = routers.score(tasks, rows, pairs, new BulkReading(threads, progress));
        if (scored.isEmpty()) {
            throw new IllegalArgumentException(
                    "none of the %d outcomes is of both models of %s".formatted(rows.size(), tasks));
        }
        return scored;
    }

    /// The arithmetic of a task's pair.
    PairScore pairScore(RouterModel model, Task task) throws RouterModelException {
        if (calibration != null) {
            return LadderCalibration.read(calibration).pairScore(model);
        }
        if (as != null) {
            return model.pairScore(ModelPair.parse(as));
        }
        return task.small().equals(Outcome.SMALL)
                ? model.pairScore(model.defaultPair())
                : model.pairScore(new ModelPair(task.small(), task.large()));
    }

    boolean isCalibrated() {
        return calibration != null;
    }

    static void requireRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(option, least, most, value));
        }
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
}
