package pointsman.job.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import pointsman.job.store.LaneStore.Outcome;
import pointsman.job.store.LaneStore.Result;

/// Stores the answers of lanes that run side by side in common transactions: group commit (DeWitt et al.
/// 1984).
///
/// A commit takes some milliseconds, because it is synced. While one lane waits for its own, those of
/// others gather behind it; the next in line writes all that have gathered, and they share one sync. No
/// answer waits for company, and none counts before its group is on the disk.
public final class GroupCommit {
    private static final int MOST = 256;

    private final LaneStore lanes;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    public GroupCommit(LaneStore lanes) {
        this.lanes = lanes;
    }

    private record Waiting(Outcome outcome, CompletableFuture<Boolean> isOurs) {}

    /// Stores what a question came to. When this returns true, it is on the disk and will never be asked
    /// again.
    ///
    /// @return false if the lane is another's by now
    /// @throws pointsman.failure.FailureException a `StorageFull` if the disk takes nothing more
    public boolean answered(Lane lane, String worker, int seq, Result result) {
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
        var group = new ArrayList<Waiting>();
        for (var waiting = queue.poll(); waiting != null; waiting = group.size() < MOST ? queue.poll() : null) {
            group.add(waiting);
        }
        return group;
    }

    /// If a group fails, each answer is tried by itself, so that none fails for another's fault.
    // whatever it is, it is told to the lane whose answer it is
    private void write(List<Waiting> group) {
        try {
            var isOurs = lanes.answered(group.stream().map(Waiting::outcome).toList());
            for (int place = 0; place < group.size(); place++) {
                group.get(place).isOurs().complete(isOurs.get(place));
            }
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                group.getFirst().isOurs().completeExceptionally(e);
            } else {
                group.forEach(waiting -> write(List.of(waiting)));
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
