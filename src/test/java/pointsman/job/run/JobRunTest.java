package pointsman.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.failure.Failure;
import pointsman.job.JobState;
import pointsman.job.StopReason;
import pointsman.job.store.StoreSamples;
import pointsman.testing.Eventually;

/// The path of a job, and what becomes of a job where one of its steps fails.
@Timeout(60)
class JobRunTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @AutoClose
    private final JobFixture fixture = new JobFixture();

    @Test
    void aJobIsReadChosenPlannedStoredSentJudgedAndFinished() throws Exception {
        var steps = FakeSteps.good();

        path(steps).run(fixture.create("one"));

        assertThat(steps.taken).containsExactly("read", "choose", "plan", "close", "send", "judge", "finish");
        assertThat(fixture.answered("one")).containsExactly(0, 1, 2);
        assertThat(fixture.get("one").state()).isEqualTo(JobState.COMPLETED);
        assertThat(fixture.get("one").data()).isEqualTo("{}foreseen");
        assertThat(fixture.get("one").items().total()).isEqualTo(3);
        assertThat(fixture.get("one").items().scored()).isEqualTo(3);
    }

    @Test
    void whoeverFindsAJobWithItsPlanJoinsWhereItIsSent() throws Exception {
        var steps = FakeSteps.good();

        path(steps).run(fixture.begin("one", 3));

        assertThat(steps.taken).containsExactly("send", "judge", "finish");
        assertThat(fixture.get("one").state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aJobThatAnotherPlansIsLeftToIt() throws Exception {
        var steps = FakeSteps.good();
        var job = fixture.create("one");
        fixture.stores.jobs().takeToPlan("one", "another");

        path(steps).run(job);

        assertThat(steps.taken).doesNotContain("read", "plan", "finish");
        assertThat(fixture.get("one").state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void whatNobodyWantsWhileItIsChosenIsNotPlanned() throws Exception {
        var steps = FakeSteps.good();
        steps.isUnwanted = true;

        path(steps).run(fixture.create("one"));

        assertThat(steps.taken).startsWith("read", "choose", "close").doesNotContain("plan", "finish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "choose", "plan", "send", "judge", "finish"})
    void aStepThatFailsAsExpectedFailsTheJobInItsWords(String step) {
        var steps = new FakeSteps(step, new Failure.UnknownModel("nobody").asException());

        var reason = runToTheEnd(steps);

        assertThat(reason)
                .isInstanceOfSatisfying(
                        StopReason.Failed.class,
                        failed -> assertThat(failed.message()).contains("nobody"));
        assertThat(steps.taken).endsWith(step.equals("choose") || step.equals("plan") ? "close" : step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "choose", "plan", "send", "judge", "finish"})
    void aBugInAStepFailsTheJobAndSaysNothingOfItself(String step) {
        var reason = runToTheEnd(new FakeSteps(step, new IllegalStateException("the words of a cell")));

        assertThat(reason).isEqualTo(StopReason.Failed.unexpectedly());
    }

    @Test
    void aJobThatDoesNotFitNowIsTriedAgain() throws Exception {
        var crowded = new Failure.Refused(503, "overloaded", "There is no room now.").asException();
        var steps = new FakeSteps("read", crowded);
        fixture.create("one");

        try (var _ = running(steps)) {
            Eventually.holds(
                    "it is read again",
                    LONGEST,
                    () -> List.copyOf(steps.taken).stream()
                                    .filter("read"::equals)
                                    .count()
                            > 1);
        }

        assertThat(fixture.get("one").state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void aJobThatCannotBeReadFailsByItself() throws Exception {
        fixture.create("one");
        fixture.create("two");
        fixture.stores
                .database()
                .sql("update job set spec = ? where id = 'one'", StoreSamples.UNREADABLE)
                .update();

        try (var _ = running(FakeSteps.good())) {
            Eventually.holds(
                    "both are over",
                    LONGEST,
                    () -> fixture.stores.jobs().activeIds(StoreSamples.KIND).isEmpty());
        }

        assertThat(fixture.get("two").state()).isEqualTo(JobState.COMPLETED);
        assertThatThrownBy(() -> fixture.get("one")).hasMessageContaining("another version");
    }

    private StopReason runToTheEnd(FakeSteps steps) {
        fixture.create("one");
        try (var _ = running(steps)) {
            Eventually.holds(
                    "the job has failed", LONGEST, () -> fixture.get("one").state() == JobState.FAILED);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return fixture.get("one").stop();
    }

    /// A runner that has started, until it is closed.
    private AutoCloseable running(FakeSteps steps) {
        var runner = new JobRunner(fixture.stores, List.of(steps), fixture.sender(2), JobFixture.REPLICAS);
        runner.start();
        return () -> runner.stop();
    }

    private JobRun<String, FakeSteps.Three, ?> path(FakeSteps steps) {
        return new JobRun<>(steps, fixture.stores, fixture.sender(2));
    }
}
