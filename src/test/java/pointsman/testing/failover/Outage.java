package pointsman.testing.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import pointsman.testing.FaultyCall;

/// A primary that is down for a minute: twenty requests four seconds apart, and then more for as long as
/// it may be without use. All of them are to be answered, and it is to be in use again soon after it is
/// healthy.
final class Outage {
    private static final int REQUESTS = 20;
    private static final int MOST_REQUESTS = 24;
    private static final Duration APART = Duration.ofSeconds(4);
    private static final Duration DOWN = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final FailoverCase of;
    private final Pair pair;
    private final FailoverLimits limits;
    private final Callable<Heard> ask;

    /// @param ask sends one request
    Outage(FailoverCase of, Pair pair, FailoverLimits limits, Callable<Heard> ask) {
        this.of = of;
        this.pair = pair;
        this.limits = limits;
        this.ask = ask;
    }

    Judgement judgement() {
        var answers = new ArrayList<CompletableFuture<List<Heard>>>();
        for (int number = 0; number < MOST_REQUESTS; number++) {
            var isFurther = number >= REQUESTS;
            answers.add(CompletableFuture.supplyAsync(
                    () -> isFurther && isInUse() ? List.of() : List.of(heard()), at(number)));
        }
        return verdict(
                answers.stream().flatMap(answer -> answer.join().stream()).toList());
    }

    private Executor at(int number) {
        long delay = limits.pace().of(APART).toMillis() * number;
        return CompletableFuture.delayedExecutor(
                delay, TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task));
    }

    private Judgement verdict(List<Heard> heard) {
        var whole = heard.stream().filter(Heard::isWhole).count();
        var longest = heard.stream().mapToDouble(Heard::seconds).max().orElse(0);
        var isHonest = heard.stream().allMatch(each -> each.isWhole() || each.isHonestError());
        var inTime = recovery().compareTo(limits.pace().of(AGAIN).plus(limits.slack())) <= 0;
        var verdict = whole == heard.size()
                ? (isInUse() && inTime ? Verdict.PASS : Verdict.PARTIAL)
                : (isHonest ? Verdict.SAFE : Verdict.FAIL);
        var used = isInUse()
                ? "primary again %d s after it is healthy"
                        .formatted(Math.ceilDiv(recovery().toMillis(), 1000))
                : "primary not in use again";
        return new Judgement(
                of,
                verdict,
                pair.primary().calls().size(),
                pair.fallback().calls().size(),
                longest,
                "%d of %d whole; %s%s".formatted(whole, heard.size(), used, firstOther(heard)));
    }

    private static String firstOther(List<Heard> heard) {
        return heard.stream()
                .filter(each -> !each.isWhole())
                .findFirst()
                .map(other -> "; one saw: " + other.words())
                .orElse("");
    }

    private boolean isInUse() {
        return pair.primary().calls().stream().anyMatch(this::isHealthy);
    }

    private boolean isHealthy(FaultyCall call) {
        return call.at().compareTo(limits.pace().of(DOWN)) >= 0;
    }

    /// From its recovery to the first call that it answered.
    private Duration recovery() {
        return pair.primary().calls().stream()
                .filter(this::isHealthy)
                .findFirst()
                .map(call -> call.at().minus(limits.pace().of(DOWN)))
                .orElse(AGAIN.plus(DOWN));
    }

    private Heard heard() {
        try {
            return ask.call();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (Exception bug) {
            throw new IllegalStateException(bug);
        }
    }
}
