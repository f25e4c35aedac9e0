package pointsman.embed;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import pointsman.route.Climb;
import pointsman.route.Decision;
import pointsman.score.LadderScore;
import pointsman.score.LadderSpec;
import pointsman.score.RouterGraph;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;
import pointsman.score.ScoreOutcome;

/// Chooses for each prompt the cheapest model that is good enough, in this process: the same score and
/// the same rule as the gateway's, to the last bit. Of prices it knows none, so the order of the rungs is
/// that of their costs.
///
/// A score takes some milliseconds of the calling thread. Any number of threads may ask at once, so one
/// router is enough for a program. It holds memory outside the heap until it is closed.
public final class PromptRouter implements AutoCloseable {
    private static final String ROUTE = "auto";

    private final RouterGraph graph;
    private final LadderScore score;
    private final Climb climb;
    private final List<Integer> all;
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private boolean isClosed;

    private PromptRouter(RouterGraph graph, LadderScore score, Climb climb) {
        this.graph = graph;
        this.score = score;
        this.climb = climb;
        this.all = IntStream.range(0, climb.rungs().size()).boxed().toList();
    }

    /// Opens the router that travels in the jar.
    ///
    /// @param rungs by the words that the router knows models by, the cheapest first, two to 16: names of
    ///     its training data, or for a guess a size such as `8B` or a price such as `$0.6` for a million
    ///     tokens
    /// @param thresholds the score from which on a rung answers, in [0, 1]: one for all of them, or one for
    ///     each but the last
    /// @throws IllegalArgumentException if the router does not know a rung; the message lists those it
    ///     knows
    /// @throws IllegalStateException if the router's files are not in the jar, or ONNX Runtime does not run
    ///     here
    public static PromptRouter open(List<String> rungs, double... thresholds) {
        requireDifferent(rungs);
        requireThresholds(rungs.size(), thresholds.length);
        var climb = new Climb(ROUTE, rungs, DoubleStream.of(thresholds).boxed().toList());
        try {
            var model = RouterModel.load("");
            var score = model.ladderScore(new LadderSpec.Rungs(rungs));
            return new PromptRouter(model.open(), score, climb);
        } catch (RouterModelException unusable) {
            throw new IllegalStateException(unusable.getMessage(), unusable);
        }
    }

    private static void requireDifferent(List<String> rungs) {
        if (new HashSet<>(rungs).size() < rungs.size()) {
            throw new IllegalArgumentException("rungs: one of them stands twice: " + String.join(", ", rungs));
        }
    }

    private static void requireThresholds(int rungs, int thresholds) {
        if (thresholds != 1 && thresholds != rungs - 1) {
            throw new IllegalArgumentException(
                    "thresholds: one for all rungs, or one for each but the last: 1 or %d, was %d"
                            .formatted(rungs - 1, thresholds));
        }
    }

    /// The rungs, the cheapest first.
    public List<String> rungs() {
        return climb.rungs();
    }

    /// Which rung answers a prompt, and why. A prompt that cannot be scored goes to the last: failing is
    /// towards quality.
    ///
    /// @param text what the user asks, without system prompts and what tools said
    /// @throws IllegalStateException if this router is closed
    public Decision choose(String text) {
        return choose(text, all);
    }

    /// Which of some rungs answers.
    ///
    /// @param able their places, two at least
    Decision choose(String text, List<Integer> able) {
        return climb.decide(outcome(text), able, Climb.Costs.BY_ORDER);
    }

    private ScoreOutcome outcome(String text) {
        if (text.isBlank()) {
            return new ScoreOutcome.Unscored(ScoreOutcome.Reason.NO_TEXT);
        }
        open.readLock().lock();
        try {
            if (isClosed) {
                throw new IllegalStateException("this router is closed");
            }
            return scored(text);
        } finally {
            open.readLock().unlock();
        }
    }

    private ScoreOutcome scored(String text) {
        try {
            var reading = graph.read(text);
            return new ScoreOutcome.Scored(
                    score.rungs().stream().map(rung -> rung.of(reading)).toList());
        } catch (IllegalStateException _) { // the graph failed on this text
            return new ScoreOutcome.Unscored(ScoreOutcome.Reason.ROUTER_FAILED);
        }
    }

    /// Waits for the scores in the making and frees the router.
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!isClosed) {
                isClosed = true;
                graph.close();
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}
