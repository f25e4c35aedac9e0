package pointsman.http;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Where the store and the disk are waited for, and where tables are read and planned: a few named threads beside the
/// event loop, and a bounded queue before them. Those that wait are not those that compute, so that nobody's big table
/// keeps others from looking at their jobs.
public final class WorkThreads implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int QUEUE = 10_000;

    private final Scheduler scheduler;
    private final Scheduler tables;

    public WorkThreads() {
        this(THREADS, Math.max(2, Runtime.getRuntime().availableProcessors()), QUEUE);
    }

    /// @param threads that wait
    /// @param computing threads
    /// @param queue of what waits for each of them
    public WorkThreads(int threads, int computing, int queue) {
        scheduler = Schedulers.newBoundedElastic(threads, queue, "jobs-desk");
        tables = Schedulers.newBoundedElastic(computing, queue, "jobs-tables");
    }

    /// A handler that answers with what the work makes of the request.
    public WebHandler handler(Function<Ask, JsonReply> work) {
        return exchange -> wait(() -> work.apply(new Ask(exchange))).flatMap(reply -> reply.write(exchange));
    }

    /// Does something that waits.
    public <T> Mono<T> wait(Callable<T> work) {
        return on(scheduler, work);
    }

    /// Does something that computes for a while.
    public <T> Mono<T> compute(Callable<T> work) {
        return on(tables, work);
    }

    /// Has a document read piece by piece where waiting is allowed.
    public <T> Flux<T> stream(Flux<T> pieces) {
        return pieces.subscribeOn(scheduler).onErrorMap(RejectedExecutionException.class, _ -> HttpRefusals.busy());
    }

    private static <T> Mono<T> on(Scheduler threads, Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(threads)
                .onErrorMap(RejectedExecutionException.class, _ -> HttpRefusals.busy());
    }

    Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void close() {
        scheduler.dispose();
        tables.dispose();
    }
}
