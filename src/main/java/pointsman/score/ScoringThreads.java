package pointsman.score;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/// Few named threads behind a bounded queue. Unlike a Reactor scheduler over the same executor it takes a cancelled
/// call out of the queue at once, so that clients who went away hold no places.
final class ScoringThreads {
    private static final long STOP_SECONDS = 5;

    private final ThreadPoolExecutor executor;

    ScoringThreads(int threads, int queue) {
        var factory = Thread.ofPlatform().name("scorer-", 1).daemon().factory();
        executor =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), factory);
    }

    /// Runs the call on one of the threads.
    ///
    /// @return the call's result, or its exception; `RejectedExecutionException` if the queue is full
    <T> Mono<T> call(Callable<T> callable) {
        return Mono.create(sink -> {
            var task = new FutureTask<>(() -> emit(callable, sink), true);
            sink.onDispose(() -> withdraw(task));
            executor.execute(task);
        });
    }

    // whatever the call throws is its result, and travels on to who waits for it
    private static <T> void emit(Callable<T> callable, MonoSink<T> sink) {
        try {
            sink.success(callable.call());
        } catch (Exception failed) {
            sink.error(failed);
        }
    }

    private void withdraw(FutureTask<?> task) {
        if (!task.isDone() && task.cancel(false)) {
            executor.remove(task);
        }
    }

    int waiting() {
        return executor.getQueue().size();
    }

    /// Takes no more calls, drops those that wait, and waits for those that run.
    ///
    /// @return whether all have ended
    boolean stop() {
        executor.shutdownNow();
        try {
            return executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
