package pointsman.batch;

import java.util.concurrent.Callable;
import java.util.function.Function;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Where the store and the disk are waited for: a few named threads beside the event loop, and a bounded queue
/// before them.
final class Desk implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int QUEUE = 10_000;

    private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, QUEUE, "jobs-desk");

    /// A handler that answers with what the work makes of the request.
    WebHandler handler(Function<Ask, JsonReply> work) {
        return exchange -> wait(() -> work.apply(new Ask(exchange))).flatMap(reply -> reply.write(exchange));
    }

    /// Does something that waits.
    <T> Mono<T> wait(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(scheduler);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void close() {
        scheduler.dispose();
    }
}
