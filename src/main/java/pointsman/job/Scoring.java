package pointsman.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Goes through the items of a job with the router: several at a time, so that each of its threads has work, and no
/// more, so that a chat never waits behind a table. After every page the job is told how far it is, and may say
/// that nobody wants it any more.
///
/// @param atOnce items under way together: the router's threads
public record Scoring(int atOnce) {
    private static final int PAGE = 256;

    /// Who is told.
    public interface Watch {
        /// Told to nobody.
        Watch NONE = _ -> true;

        /// Told after every page.
        ///
        /// @param scored items so far
        /// @return whether to go on
        boolean isWanted(int scored);
    }

    /// What `one` makes of every item, in their order.
    ///
    /// @param one never fails
    /// @return empty if the watch did not want the rest
    public <T> Optional<List<T>> all(int items, IntFunction<Mono<T>> one, Watch watch) throws InterruptedException {
        var all = new ArrayList<T>(items);
        while (all.size() < items) {
            all.addAll(page(all.size(), Math.min(PAGE, items - all.size()), one));
            if (!watch.isWanted(all.size())) {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }

    private <T> List<T> page(int from, int count, IntFunction<Mono<T>> one) throws InterruptedException {
        var page = Flux.range(from, count)
                .flatMapSequential(one::apply, atOnce)
                .collectList()
                .toFuture();
        try {
            return page.get();
        } catch (InterruptedException e) {
            page.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("scoring never fails", e.getCause());
        }
    }
}
