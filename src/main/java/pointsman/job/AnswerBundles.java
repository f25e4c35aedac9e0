package pointsman.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import pointsman.job.LaneStore.Outcome;
import pointsman.job.LaneStore.Result;

/// Stores the answers of lanes that run side by side in common transactions: group commit (DeWitt et al. 1984).
///
/// A commit takes some milliseconds, because it is synced. While one lane waits for its own, those of others gather
/// behind it; the next in line writes all that have gathered, and they share one sync. No answer waits for
/// company, and none counts before its bundle is on the disk.
final class AnswerBundles {
    private static final int MOST = 256;

    private final LaneStore lanes;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    AnswerBundles(LaneStore lanes) {
        this.lanes = lanes;
    }

    private record Waiting(Outcome outcome, CompletableFuture<Boolean> isOurs) {}

    /// Stores what a question came to. When this returns true, it is on the disk and will never be asked again.
    ///
    /// @return false if the lane is another's by now
    /// @throws pointsman.failure.FailureException a `StorageFull` if the disk takes nothing more
    boolean answered(Lane lane, String worker, int seq, Result result) {
        var mine = new Waiting(new Outcome(lane, worker, seq, result), new CompletableFuture<>());
        queue.add(mine);
        writing.lock();
        try {
            while (!mine.isOurs().isDone()) {
                write(next());
            }
        } finally {
            writing.unlock();
        }
        return join(mine);
    }

    private List<Waiting> next() {
        var bundle = new ArrayList<Waiting>();
        for (var waiting = queue.poll(); waiting != null; waiting = bundle.size() < MOST ? queue.poll() : null) {
            bundle.add(waiting);
        }
        return bundle;
    }

    /// If a bundle fails, each answer is tried by itself, so that none fails for another's fault.
    @SuppressWarnings("IllegalCatch") // whatever it is, it is told to the lane whose answer it is
    private void write(List<Waiting> bundle) {
        try {
            var isOurs = lanes.answered(bundle.stream().map(Waiting::outcome).toList());
            for (int place = 0; place < bundle.size(); place++) {
                bundle.get(place).isOurs().complete(isOurs.get(place));
            }
        } catch (RuntimeException e) {
            if (bundle.size() == 1) {
                bundle.getFirst().isOurs().completeExceptionally(e);
            } else {
                bundle.forEach(waiting -> write(List.of(waiting)));
            }
        }
    }

    private static boolean join(Waiting waiting) {
        try {
            return waiting.isOurs().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }
}
