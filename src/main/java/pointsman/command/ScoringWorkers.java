package pointsman.command;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// A fixed number of threads that work through a list.
final class ScoringWorkers implements AutoCloseable {
    private final ExecutorService threads;

    ScoringWorkers(int count) {
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name("scorer-", 1).daemon().factory());
    }

    /// Applies the function to all items and waits.
    ///
    /// @return the function's value for each item, in their order
    <T, R> List<R> map(List<T> items, Function<T, R> function) {
        var pending = items.stream()
                .map(item -> threads.submit(() -> function.apply(item)))
                .toList();
        return pending.stream().map(ScoringWorkers::result).toList();
    }

    private static <R> R result(Future<R> pending) {
        try {
            return pending.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a prompt could not be scored: " + failed.getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while prompts were scored", interrupted);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
