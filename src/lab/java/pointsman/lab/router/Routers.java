package pointsman.lab.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import pointsman.command.BulkReading;
import pointsman.learn.Outcome;
import pointsman.score.PairScore;
import pointsman.score.Reading;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// Which router reads which outcomes: one for all of them, or for each fold one that was trained without it.
final class Routers {
    private static final String FOLD = "fold-";

    private final Function<Outcome, Optional<RouterModel>> choice;

    private Routers(Function<Outcome, Optional<RouterModel>> choice) {
        this.choice = choice;
    }

    /// The same router for every outcome.
    public static Routers one(RouterModel router) {
        return new Routers(_ -> Optional.of(router));
    }

    /// A router for each fold, from the directories `fold-N`.
    ///
    /// @throws IOException if there is none
    public static Routers folds(Path directory) throws IOException, RouterModelException {
        var byFold = new HashMap<Integer, RouterModel>();
        try (var inside = Files.newDirectoryStream(directory, FOLD + "[0-9]*")) {
            for (var fold : inside) {
                var number = fold.getFileName().toString().substring(FOLD.length());
                byFold.put(Integer.valueOf(number), RouterModel.load(fold.toString()));
            }
        }
        if (byFold.isEmpty()) {
            throw new IOException("%s holds no router in %sN".formatted(directory, FOLD));
        }
        return new Routers(outcome -> Optional.ofNullable(byFold.get(outcome.fold())));
    }

    /// Says how a router scores a task.
    @FunctionalInterface
    public interface PairOf {
        /// The arithmetic of the task's pair.
        ///
        /// @throws RouterModelException if this router cannot score the task
        PairScore pair(RouterModel router, Task task) throws RouterModelException;
    }

    /// Reads and scores every outcome of the tasks. Prompts of a task are ranked by their raw scores. Of
    /// one router these have the order of its scores; routers of several folds agree in them but for what
    /// they learned, while the curve of each is the lower, the easier the fold is that it was fitted without.
    ///
    /// @throws IOException if an outcome's fold has no router
    public List<ScoredTask> score(List<Task> tasks, List<Outcome> outcomes, PairOf pairs, BulkReading reading)
            throws IOException, RouterModelException {
        var scored = new ArrayList<ScoredTask>();
        for (var task : tasks) {
            var rows = outcomes.stream().filter(task::covers).toList();
            if (!rows.isEmpty()) {
                scored.add(new ScoredTask(task, score(task, rows, pairs, reading)));
            }
        }
        return scored;
    }

    private List<ScoredOutcome> score(Task task, List<Outcome> rows, PairOf pairs, BulkReading reading)
            throws IOException, RouterModelException {
        var scored = new ArrayList<ScoredOutcome>();
        for (var read : read(rows, reading)) {
            var pair = pairs.pair(read.router(), task);
            scored.add(new ScoredOutcome(
                    read.outcome(), read.reading(), rank(pair, read.reading()), pair.of(read.reading())));
        }
        return scored;
    }

    /// What prompts are ranked by for a pair, in [0, 1].
    static double rank(PairScore pair, Reading reading) {
        return (1 + pair.raw(reading)) / 2;
    }

    /// An outcome with what its router says about the prompt.
    record Read(RouterModel router, Outcome outcome, Reading reading) {}

    /// Reads every outcome.
    ///
    /// @throws IOException if an outcome's fold has no router
    List<Read> read(List<Outcome> rows, BulkReading reading) throws IOException, RouterModelException {
        var all = new ArrayList<Read>();
        for (var part : byRouter(rows).entrySet()) {
            var readings = read(part.getKey(), part.getValue(), reading);
            for (var row = 0; row < readings.size(); row++) {
                all.add(new Read(part.getKey(), part.getValue().get(row), readings.get(row)));
            }
        }
        return all;
    }

    private Map<RouterModel, List<Outcome>> byRouter(List<Outcome> rows) throws IOException {
        for (var row : rows) {
            if (choice.apply(row).isEmpty()) {
                throw new IOException(
                        "no router for the fold %d of an outcome of %s".formatted(row.fold(), row.source()));
            }
        }
        return rows.stream()
                .collect(Collectors.groupingBy(row -> choice.apply(row).orElseThrow()));
    }

    private static List<Reading> read(RouterModel router, List<Outcome> rows, BulkReading reading)
            throws RouterModelException {
        try (var graph = router.open()) {
            return reading.read(graph, rows.stream().map(Outcome::text).toList());
        }
    }
}
