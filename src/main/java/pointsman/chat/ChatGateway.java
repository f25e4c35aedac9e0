package pointsman.chat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.Operation;
import pointsman.failure.Failure;
import pointsman.fleet.AnswerPart;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Outbound;
import pointsman.fleet.Terms;
import pointsman.route.Choice;
import pointsman.route.Route;
import pointsman.route.Router;
import pointsman.time.Race;
import pointsman.time.TimeLimit;
import pointsman.usage.Ledger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// THE PATH of a request. Everything that happens to one happens here, in this order: allow, choose, keep,
/// open, send, record. New steps appear here or nowhere.
final class ChatGateway {
    private static final int BIG = 64 << 10;

    private final Router router;
    private final Dispatcher dispatcher;
    private final Continuations continuations;
    private final Ledger ledger;
    private final Conversations conversations;
    private final TokenCounts tokenCounts;
    private final GracefulStop stop;
    private final Duration totalTimeout;

    /// @param router decides
    /// @param dispatcher sends requests to models
    /// @param ledger where every request is booked
    /// @param conversations where they were answered last
    /// @param tokenCounts counts where no upstream can
    /// @param stop ends what is under way when the gateway is stopped
    /// @param totalTimeout from a request's arrival to the last byte of its answer
    ChatGateway(
            Router router,
            Dispatcher dispatcher,
            Ledger ledger,
            Conversations conversations,
            TokenCounts tokenCounts,
            GracefulStop stop,
            Duration totalTimeout) {
        this.router = router;
        this.dispatcher = dispatcher;
        this.continuations = new Continuations(dispatcher);
        this.ledger = ledger;
        this.conversations = conversations;
        this.tokenCounts = tokenCounts;
        this.stop = stop;
        this.totalTimeout = totalTimeout;
    }

    /// Answers a request.
    ///
    /// @return the answer, once its first part is there; else an error with a [Failure]. To cancel it, or its
    ///     parts, cancels the upstream's call; what was used until then is booked all the same.
    Mono<Answer> answer(Call call) {
        var recording = new Recording(call, ledger, conversations);
        return allow(call)
                .flatMap(this::choose)
                .map(choice -> keep(call, choice))
                .flatMapMany(choice -> openAndSend(call, choice, recording))
                .onErrorResume(error -> continuations.after(call, recording, terms(call, recording), error))
                .transform(parts -> withinDeadline(parts, call, recording))
                .transform(stop::until)
                .transform(recording::until)
                .switchOnFirst((first, parts) -> begun(first.get(), parts, recording), false)
                .singleOrEmpty();
    }

    /// What [#answer] would do, as far as that is known before anybody is asked. Nothing is sent, and nothing
    /// booked.
    ///
    /// @return who would be asked, else an error with a [Failure], as the request would get it
    Mono<Planned> plan(Call call) {
        return Mono.fromSupplier(() -> router.allow(call.tenant(), call.request()))
                .flatMap(route ->
                        choose(call).map(choice -> keep(call, choice)).flatMap(choice -> planned(call, route, choice)));
    }

    private static Mono<Planned> planned(Call call, Route route, Choice choice) {
        return Mono.fromSupplier(
                        () -> new Planned(route, choice, choice.open(call.caller(), call.request(), call.headers())))
                .onErrorResume(error -> choice.instead(error)
                        .map(other -> planned(call, route, other))
                        .orElseGet(() -> Mono.error(choice.told(error))));
    }

    /// A request that is ready to be sent.
    ///
    /// @param route that its model's name asks for
    record Planned(Route route, Choice choice, Outbound outbound) {}

    private Mono<Call> allow(Call call) {
        return Mono.fromSupplier(() -> {
            var _ = router.allow(call.tenant(), call.request());
            return call;
        });
    }

    private Mono<Choice> choose(Call call) {
        var choosing = router.choose(call.tenant(), call.request());
        var choice = choosing.state() == Future.State.SUCCESS ? Mono.just(choosing.join()) : Mono.fromFuture(choosing);
        return call.request().size() < BIG ? choice : choice.publishOn(Schedulers.boundedElastic());
    }

    private Choice keep(Call call, Choice choice) {
        return conversations.keep(call, choice);
    }

    /// Before the first byte went to the client, whoever may stand in is asked for what the chosen model
    /// cannot.
    private Flux<AnswerPart> openAndSend(Call call, Choice choice, Recording recording) {
        recording.chose(choice);
        return Flux.defer(() -> isCountedHere(call, choice)
                        ? tokenCounts.count(call.request()).flux()
                        : send(call, choice, recording))
                .onErrorResume(error -> instead(call, choice, recording, error));
    }

    private static Outbound open(Call call, Choice choice, Recording recording) {
        var outbound = choice.open(call.caller(), call.request(), call.headers());
        recording.opened(outbound);
        return outbound;
    }

    /// Where the router chose and the first word is later than it is as a rule, the next rung is asked
    /// beside it, and who speaks first answers.
    private Flux<AnswerPart> send(Call call, Choice choice, Recording recording) {
        var outbound = open(call, choice, recording);
        var parts = dispatcher.send(
                outbound,
                call.caller(),
                terms(call, recording).withNext(!choice.next().isEmpty()));
        var late =
                call.request().stream() && choice.isRouted() && !choice.next().isEmpty()
                        ? dispatcher.late(outbound)
                        : Optional.<Duration>empty();
        return late.map(after -> beside(call, choice, recording, parts, after)).orElse(parts);
    }

    private Flux<AnswerPart> beside(
            Call call, Choice choice, Recording recording, Flux<AnswerPart> parts, Duration after) {
        var other = choice.overtaken();
        return new Race<>(
                        parts,
                        after,
                        dispatcher::mayHedge,
                        () -> dispatcher.send(
                                recording.asks(other.open(call.caller(), call.request(), call.headers())),
                                call.caller(),
                                terms(call, recording).withNext(true)),
                        (isSecond, isOvertaken) -> recording.raced(other, isSecond, isOvertaken))
                .parts();
    }

    private Terms terms(Call call, Recording recording) {
        return Terms.within(() -> limit(call, recording).minus(call.age()))
                .holding(call.wishes().heldWords())
                .hedged(recording::lost);
    }

    private Duration limit(Call call, Recording recording) {
        return call.wishes().limit(recording.hasBegun(), totalTimeout);
    }

    private Flux<AnswerPart> instead(Call call, Choice choice, Recording recording, Throwable error) {
        return recording.hasBegun()
                ? Flux.error(error)
                : choice.instead(error)
                        .map(other -> openAndSend(call, other, recording))
                        .orElseGet(() -> Flux.error(choice.told(error)));
    }

    /// A model that cannot count tokens is not asked to.
    private static boolean isCountedHere(Call call, Choice choice) {
        var request = call.request();
        return request.operation() == Operation.TOKEN_COUNT && !choice.model().takes(request);
    }

    private <T> Flux<T> withinDeadline(Flux<T> parts, Call call, Recording recording) {
        return TimeLimit.of(
                parts,
                () -> limit(call, recording).minus(call.age()).toNanos(),
                () -> Failure.Refused.requestTimeout(limit(call, recording)).asException());
    }

    private static Flux<Answer> begun(@Nullable AnswerPart first, Flux<AnswerPart> parts, Recording recording) {
        return first == null ? parts.cast(Answer.class) : Flux.just(recording.answer(first, parts));
    }
}
