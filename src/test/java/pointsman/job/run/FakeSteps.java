package pointsman.job.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import pointsman.cache.CacheRule;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCache.Hint;
import pointsman.cache.ProviderCache.Prices;
import pointsman.cache.ProviderCache.Scope;
import pointsman.dialect.chat.PromptTokens;
import pointsman.job.Job;
import pointsman.job.JobKind;
import pointsman.job.JobPlan;
import pointsman.job.JobPlan.Part;
import pointsman.job.JobSteps;
import pointsman.job.LanePlan.Arm;
import pointsman.job.Question;
import pointsman.job.ReplyReader;
import pointsman.job.Scoring.Watch;
import pointsman.job.Sending;
import pointsman.job.store.StoreSamples;

/// The steps of a job of three questions, noted one by one. One of them may fail.
final class FakeSteps implements JobSteps<String, FakeSteps.Three, List<Question>> {
    private static final ProviderCache CACHE = new ProviderCache(
            "none", List.of(), Scope.PREFIX, new CacheRule(0, 16), 2, new Prices(1, 1), 0, Hint.NONE, "2026-11");

    final List<String> taken = new CopyOnWriteArrayList<>();
    private final String failing;
    private final RuntimeException failure;
    boolean isUnwanted;

    /// @param failing the step that fails
    FakeSteps(String failing, RuntimeException failure) {
        this.failing = failing;
        this.failure = failure;
    }

    static FakeSteps good() {
        return new FakeSteps("none", new IllegalStateException("none fails"));
    }

    final class Three implements Input {
        @Override
        public void close() {
            taken.add("close");
        }
    }

    private void take(String step) {
        taken.add(step);
        if (step.equals(failing)) {
            throw failure;
        }
    }

    @Override
    public JobKind<String> kind() {
        return StoreSamples.KIND;
    }

    @Override
    public Three read(Job<String> job) {
        take("read");
        return new Three();
    }

    @Override
    public Optional<List<Question>> choose(Job<String> job, Three input, Watch watch) {
        take("choose");
        return watch.isWanted(3) && !isUnwanted ? Optional.of(JobFixture.questions(0, 3)) : Optional.empty();
    }

    @Override
    public JobPlan<String> plan(Job<String> job, Three input, List<Question> questions) {
        take("plan");
        var sending = Sending.of(JobFixture.UPSTREAM, questions, CACHE, new PromptTokens());
        return new JobPlan<>(3, List.of(new Part(sending, CACHE, 1, Arm.SENT)), job.data() + "foreseen");
    }

    @Override
    public ReplyReader replies(Job<String> job) {
        take("send");
        return JobFixture.reader();
    }

    @Override
    public boolean judge(Job<String> job) {
        take("judge");
        return false;
    }

    @Override
    public void finish(Job<String> job) {
        take("finish");
    }
}
