package pointsman.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.job.Job;
import pointsman.job.StopReason;

/// The lanes of jobs, with no network behind them.
@Timeout(30)
class LaneSenderTest {
    @AutoClose
    private final JobFixture fixture = new JobFixture();

    @Test
    void aLaneIsSentStrictlyInItsOrder() throws Exception {
        send(fixture.begin("one", 40), Long.MAX_VALUE);

        assertThat(fixture.questions.log.items()).isSorted().hasSize(40);
        assertThat(fixture.answered("one")).hasSize(40);
    }

    @Test
    void noOtherLaneBeginsBeforeTheLeadersFirstAnswerIsStored() throws Exception {
        var early = new CopyOnWriteArrayList<Integer>();
        fixture.questions.behaviour = (request, token) -> {
            var item = request.question().groups().getFirst().getFirst();
            if (item > 2 && !fixture.answered("one").contains(0)) {
                early.add(item);
            }
            return FakeQuestions.yes(request, token);
        };

        send(fixture.begin("one", 3, 3, 3), Long.MAX_VALUE);

        assertThat(early).isEmpty();
        assertThat(fixture.questions.log.items().getFirst()).isZero();
        assertThat(fixture.answered("one")).hasSize(9);
    }

    @Test
    void aJobNeverHasMoreLanesUnderWayThanItsUpstreamTakes() throws Exception {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        fixture.questions.behaviour = (request, token) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            var answer = FakeQuestions.yes(request, token);
            underWay.decrementAndGet();
            return answer;
        };

        fixture.sender(2).send(fixture.begin("one", 5, 5, 5, 5), JobFixture.reader(), Long.MAX_VALUE);

        assertThat(most.get()).isBetween(1, 2);
        assertThat(fixture.answered("one")).hasSize(20);
    }

    @Test
    void nothingIsAskedThatTheMoneyDoesNotReachFor() throws Exception {
        send(fixture.begin("one", 9), 3 * FakeQuestions.COST_MICROS);

        assertThat(fixture.questions.log.items()).containsExactly(0, 1, 2);
        assertThat(fixture.get("one").stop())
                .isInstanceOfSatisfying(
                        StopReason.CostReached.class,
                        reason -> assertThat(reason.message()).contains("0.003000 dollars"));
    }

    @Test
    void aCancelledJobAsksNothingNewAndKeepsWhatIsUnderWay() throws Exception {
        fixture.questions.behaviour = (request, token) -> {
            if (request.question().groups().getFirst().getFirst() == 1) {
                fixture.stores.jobs().cancel("one", new StopReason.None());
                assertThat(token.isRunningNow()).isFalse();
            }
            return FakeQuestions.yes(request, token);
        };

        send(fixture.begin("one", 9), Long.MAX_VALUE);

        assertThat(fixture.answered("one")).containsExactly(0, 1);
        assertThat(fixture.stores.jobs().isSettled("one")).isTrue();
    }

    @Test
    void aLaneThatABugEndedIsFreeForAnotherTry() throws Exception {
        var tries = new AtomicInteger();
        fixture.questions.behaviour = (request, token) -> {
            if (tries.incrementAndGet() == 2) {
                throw new IllegalStateException("a bug");
            }
            return FakeQuestions.yes(request, token);
        };

        send(fixture.begin("one", 3), Long.MAX_VALUE);

        assertThat(fixture.answered("one")).containsExactly(0, 1, 2);
        assertThat(fixture.questions.log.items()).containsExactly(0, 1, 1, 2);
    }

    @Test
    void whatNobodyWantsAnyMoreIsNotStored() throws Exception {
        fixture.questions.behaviour = (_, token) -> {
            fixture.stores.jobs().cancel("one", new StopReason.None());
            assertThat(token.isRunningNow()).isFalse();
            return Optional.empty();
        };

        send(fixture.begin("one", 3), Long.MAX_VALUE);

        assertThat(fixture.answered("one")).isEmpty();
    }

    @Test
    void aSenderThatStopsEndsItsJobsAndGivesTheirLanesBack() throws Exception {
        var sender = fixture.sender(2);
        var asked = new CountDownLatch(1);
        fixture.questions.behaviour = (request, token) -> {
            asked.countDown();
            sender.stop();
            return FakeQuestions.yes(request, token);
        };

        sender.send(fixture.begin("one", 5), JobFixture.reader(), Long.MAX_VALUE);

        assertThat(sender.isStopping()).isTrue();
        assertThat(asked.getCount()).isZero();
        assertThat(fixture.answered("one")).isEqualTo(List.of(0));
        assertThat(fixture.stores.lanes().take("one", JobFixture.UPSTREAM, "another"))
                .isPresent();
    }

    private void send(Job<?> job, long maxCostMicros) throws InterruptedException {
        fixture.sender(4).send(job, JobFixture.reader(), maxCostMicros);
    }
}
