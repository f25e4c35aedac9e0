package pointsman.chat;

import java.util.Optional;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.TokenEstimate;
import pointsman.fleet.AnswerPart;
import pointsman.usage.TokenUsage;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Counts the tokens of prompts for clients whose upstream cannot, on a thread of its own: a long prompt takes a
/// while.
final class TokenCounts implements AutoCloseable {
    private static final int QUEUE = 1_024;

    private final Scheduler thread = Schedulers.newBoundedElastic(1, QUEUE, "token-counts");

    /// The answer, which costs nothing.
    Mono<AnswerPart> count(ModelRequest request) {
        return Mono.<AnswerPart>fromSupplier(
                        () -> new AnswerPart.Whole(TokenEstimate.answer(request), 0, Optional.of(TokenUsage.none())))
                .subscribeOn(thread);
    }

    @Override
    public void close() {
        thread.dispose();
    }
}
