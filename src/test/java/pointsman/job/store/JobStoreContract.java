package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pointsman.job.store.StoreSamples.KIND;
import static pointsman.job.store.StoreSamples.question;
import static pointsman.job.store.StoreSamples.questions;
import static pointsman.job.store.StoreSamples.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pointsman.failure.FailureException;
import pointsman.job.Cost;
import pointsman.job.ItemAnswer;
import pointsman.job.JobProgress;
import pointsman.job.JobState;
import pointsman.job.LanePlan;
import pointsman.job.LanePlan.Arm;
import pointsman.job.StopReason;

/// What every store of jobs promises.
abstract class JobStoreContract extends StoreFixture {
    @Test
    void theSameKeyMakesTheSameJob() {
        var first = create("one", "key", "hash");

        var second = create("two", "key", "hash");

        assertThat(second.id()).isEqualTo(first.id()).isEqualTo("one");
    }

    @Test
    void theSameKeyForAnotherRequestIsAConflict() {
        create("one", "key", "hash");

        assertThatThrownBy(() -> create("two", "key", "other hash"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().status()).isEqualTo(409));
    }

    @Test
    void anIdThatNoStoreCanHoldIsUnknown() {
        assertThatThrownBy(() -> jobs.find(KIND, "tenant", "one\0")).hasMessageContaining("There is no table job");
        assertThatThrownBy(() -> jobs.list(KIND, "tenant", "\0", 9)).hasMessageContaining("There is no table job");
    }

    @Test
    void aForeignJobIsAsUnknownAsNone() {
        create("one", "", "hash");

        assertThatThrownBy(() -> jobs.find(KIND, "other", "one")).hasMessage("There is no table job 'one'.");
        assertThatThrownBy(() -> jobs.find(KIND, "other", "two")).hasMessage("There is no table job 'two'.");
    }

    @Test
    void jobsBeyondTheTenantsLimitAreRefused() {
        create("one", "", "hash");
        create("two", "", "hash");

        assertThatThrownBy(() -> create("three", "", "hash")).hasMessageContaining("2 jobs");
    }

    @Test
    void anAnswerIsStoredOnceWhoeverComesBack() {
        var dead = worker();
        var heir = worker();
        begin("one", dead, 2);
        var lane = lanes.take("one", "small", dead.self()).orElseThrow();
        die(dead, heir);
        var again = lanes.take("one", "small", heir.self()).orElseThrow();

        var fromTheHeir = answered(again, heir, 0, result(0));
        var fromTheDead = answered(lane, dead, 0, result(0));

        assertThat(fromTheHeir).isTrue();
        assertThat(fromTheDead).isFalse();
        assertThat(lanes.answers("one", 0, 10)).extracting(ItemAnswer::item).containsExactly(0);
        assertThat(lanes.next(again, 10)).extracting(LaneStore.Stored::seq).containsExactly(1);
    }

    @Test
    void aLaneWaitsForItsLeader() {
        var worker = worker();
        begin("one", worker, 1, 1);
        var leader = lanes.take("one", "small", worker.self()).orElseThrow();

        var tooEarly = lanes.take("one", "small", worker.self());
        answered(leader, worker, 0, result(0));
        var inTime = lanes.take("one", "small", worker.self());

        assertThat(tooEarly).isEmpty();
        assertThat(inTime).hasValueSatisfying(lane -> assertThat(lane.number()).isEqualTo(1));
    }

    @Test
    void aQuestionComesBackAsItWasStored() {
        var worker = worker();
        begin("one", worker, 3);
        var lane = lanes.take("one", "small", worker.self()).orElseThrow();

        var questions = lanes.next(lane, 10);

        assertThat(questions).extracting(LaneStore.Stored::question).isEqualTo(questions(0, 3));
    }

    @Test
    void aJobIsOverOnceEveryQuestionIsAnswered() {
        var worker = worker();
        begin("one", worker, 1);
        var lane = lanes.take("one", "small", worker.self()).orElseThrow();

        jobs.finish("one");
        var before = jobs.get(KIND, "one").state();
        answered(lane, worker, 0, result(0));
        jobs.finish("one");

        assertThat(before).isEqualTo(JobState.RUNNING);
        assertThat(jobs.get(KIND, "one").state()).isEqualTo(JobState.COMPLETED);
        assertThat(lanes.progress("one"))
                .isEqualTo(new JobProgress(1, 0, 1, new JobProgress.Tokens(10, 5, 2, 1), new Cost(7, 6, 70)));
    }

    @Test
    void aCancelledJobKeepsWhatWasAnswered() {
        var worker = worker();
        begin("one", worker, 2);
        var lane = lanes.take("one", "small", worker.self()).orElseThrow();
        answered(lane, worker, 0, result(0));

        jobs.cancel("one", new StopReason.None());
        lanes.release(lane, worker.self());
        jobs.finish("one");

        assertThat(jobs.get(KIND, "one").state()).isEqualTo(JobState.CANCELLED);
        assertThat(lanes.answers("one", 0, 10)).hasSize(1);
        assertThat(lanes.take("one", "small", worker.self())).isEmpty();
    }

    @Test
    void aJobThatCannotGoOnFailsWhetherItRunsOrIsCancelled() {
        begin("one", worker(), 2);
        begin("two", worker(), 1);
        jobs.cancel("two", new StopReason.None());

        List.of("one", "two").forEach(id -> jobs.fail(id, new StopReason.Failed("why", "Because.")));

        assertThat(jobs.get(KIND, "one").state()).isEqualTo(JobState.FAILED);
        assertThat(jobs.get(KIND, "two").state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aClockThatJumpsByDaysExpiresNothing() {
        var worker = worker();
        begin("one", worker, 1);
        create("two", "", "hash");

        for (int days : new int[] {3, -6, 3}) {
            wall.updateAndGet(now -> now.plus(Duration.ofDays(days)));
            worker.heartbeat();
            jobs.age(Duration.ofSeconds(1), Duration.ofHours(24));
        }

        assertThat(jobs.get(KIND, "one").state()).isEqualTo(JobState.RUNNING);
        assertThat(jobs.get(KIND, "two").state()).isEqualTo(JobState.QUEUED);
        assertThat(lanes.take("one", "small", worker.self())).isPresent();
    }

    @Test
    void aJobThatWasWorkedOnForTooLongExpiresAndKeepsItsAnswers() {
        var worker = worker();
        begin("one", worker, 2);
        var lane = lanes.take("one", "small", worker.self()).orElseThrow();
        answered(lane, worker, 0, result(0));
        lanes.release(lane, worker.self());

        jobs.age(Duration.ofHours(25), Duration.ofHours(24));
        jobs.finish("one");

        assertThat(jobs.get(KIND, "one").state()).isEqualTo(JobState.EXPIRED);
        assertThat(lanes.answers("one", 0, 10)).hasSize(1);
    }

    @Test
    void aJobTellsHowManyItemsAreScoredToWhoeverPlansIt() {
        var worker = worker();
        create("one", "", "hash");
        jobs.takeToPlan("one", worker.self());

        var isWanted = jobs.scored("one", worker.self(), 256);
        jobs.cancel("one", new StopReason.None());

        assertThat(isWanted).isTrue();
        assertThat(jobs.get(KIND, "one").items().scored()).isEqualTo(256);
        assertThat(jobs.scored("one", worker.self(), 512)).isFalse();
    }

    @Test
    void aJobRemembersWhenItWasStoppedAndWhenItsResultsWereBegun() {
        var worker = worker();
        begin("one", worker, 1);
        var began = wall.get().getEpochSecond();

        jobs.cancel("one", new StopReason.None());
        wall.updateAndGet(now -> now.plusSeconds(5));
        jobs.finalizing("one");
        wall.updateAndGet(now -> now.plusSeconds(5));
        jobs.finalizing("one");

        assertThat(jobs.get(KIND, "one").times().cancelling()).isEqualTo(began);
        assertThat(jobs.get(KIND, "one").times().finalizing()).isEqualTo(began + 5);
    }

    @Test
    void aReplicaLivesAsLongAsItsHeartbeatChangesHoweverLongThatTakes() {
        var slow = worker();
        var other = worker();
        var name = slow.self();

        for (int beat = 0; beat < 5; beat++) {
            clock.addAndGet(LEASE.toNanos() - 1);
            slow.heartbeat();
            other.heartbeat();
        }

        assertThat(slow.self()).isEqualTo(name);
    }

    @Test
    void aReplicaThatWasTakenForDeadGoesOnUnderAnotherName() {
        var slow = worker();
        var other = worker();
        var name = slow.self();

        die(slow, other);
        slow.heartbeat();

        assertThat(slow.self()).isNotEqualTo(name);
    }

    @Test
    void whatIsHeldInTheNameOfNobodyWhoLivesIsFreedWithTheNextHeartbeat() {
        var worker = worker();
        begin("one", worker, 1);
        create("two", "", "hash");
        assertThat(lanes.take("one", "small", "struck out")).isPresent();
        jobs.takeToPlan("two", "struck out");

        var freed = worker.heartbeat();

        assertThat(freed).isTrue();
        assertThat(worker.heartbeat()).isFalse();
        assertThat(lanes.take("one", "small", worker.self())).isPresent();
        assertThat(jobs.takeToPlan("two", worker.self())).isTrue();
    }

    @Test
    void aWorkerGivesBackWhatItHoldsOfOneJob() {
        var worker = worker();
        begin("one", worker, 1);
        assertThat(lanes.take("one", "small", worker.self())).isPresent();

        lanes.releaseAll("two", worker.self());
        lanes.releaseAll("one", "another");
        var before = lanes.take("one", "small", worker.self());
        lanes.releaseAll("one", worker.self());

        assertThat(before).isEmpty();
        assertThat(lanes.take("one", "small", worker.self())).isPresent();
    }

    @Test
    void aTrialsLanesWaitForItsOutcomeAndOnlyOneArmIsSent() {
        var worker = worker();
        create("one", "", "hash");
        jobs.takeToPlan("one", worker.self());
        var plan = List.of(
                new LanePlan("small", 0, 0, Arm.SENT, List.of(question(0, 0), question(1, -1))),
                new LanePlan("small", 1, 0, Arm.PLANNED, List.of(question(0, 1))),
                new LanePlan("small", 2, 0, Arm.GIVEN, List.of(question(2, 1))));
        lanes.begin("one", worker.self(), 2, plan, "");
        var trial = lanes.take("one", "small", worker.self()).orElseThrow();
        answered(trial, worker, 0, result(0));
        var isOverTooEarly = lanes.isTrialOver("one");
        var tooEarly = lanes.take("one", "small", worker.self());

        answered(trial, worker, 1, result(-1));
        var isOver = lanes.isTrialOver("one");
        lanes.decide("one", Arm.PLANNED);
        lanes.decide("one", Arm.GIVEN);
        var rest = lanes.take("one", "small", worker.self());

        assertThat(isOverTooEarly).isFalse();
        assertThat(tooEarly).isEmpty();
        assertThat(isOver).isTrue();
        assertThat(rest).hasValueSatisfying(lane -> assertThat(lane.number()).isEqualTo(1));
        assertThat(lanes.take("one", "small", worker.self())).isEmpty();
        assertThat(lanes.answers("one", 0, 10)).extracting(ItemAnswer::item).containsExactly(0);
        assertThat(lanes.answers("one")).extracting(ItemAnswer::item).containsExactlyInAnyOrder(0, -1);
        assertThat(lanes.progress("one").answered()).isEqualTo(1);
    }

    @Test
    void whyAJobStoppedIsRememberedByItsKind() {
        begin("one", worker(), 1);
        create("two", "", "hash");
        var reasons = List.of(
                new StopReason.None(),
                new StopReason.CostReached("Too dear."),
                new StopReason.Failed("code", "Words."));

        assertThat(jobs.get(KIND, "one").stop()).isEqualTo(new StopReason.None());
        for (var reason : reasons) {
            jobs.cancel("one", reason);
            jobs.fail("two", reason);
            assertThat(StopReasons.of(StopReasons.text(reason))).isEqualTo(reason);
        }
        jobs.finish("one");

        assertThat(jobs.get(KIND, "one").state()).isEqualTo(JobState.CANCELLED);
        assertThat(jobs.get(KIND, "two").state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aForecastIsReplacedByItsKindsOwnWords() {
        begin("one", worker(), 1);

        jobs.forecast(KIND, "one", "{} with a forecast");

        assertThat(jobs.get(KIND, "one").data()).isEqualTo("{} with a forecast");
    }

    @Test
    void answersOfManyLanesShareTransactionsAndEachIsToldItsOwnFate() throws Exception {
        int count = 40;
        var worker = worker();
        begin("one", worker, IntStream.range(0, count).map(_ -> 1).toArray());
        var commits = new GroupCommit(lanes);
        var first = lanes.take("one", "small", worker.self()).orElseThrow();
        assertThat(commits.answered(first, worker.self(), 0, result(0))).isTrue();
        var others = IntStream.range(1, count)
                .mapToObj(_ -> lanes.take("one", "small", worker.self()).orElseThrow())
                .toList();

        var told = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var lane : others) {
                var self = lane.number() == 7 ? "a stranger" : worker.self();
                told.add(threads.submit(() -> commits.answered(lane, self, 0, result(lane.number()))));
            }
        }

        for (var lane : others) {
            assertThat(told.get(lane.number() - 1).get()).isEqualTo(lane.number() != 7);
        }
        assertThat(lanes.answers("one", 0, 100)).hasSize(count - 1);
    }
}
