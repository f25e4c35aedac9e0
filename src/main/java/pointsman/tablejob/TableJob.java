package pointsman.tablejob;

import java.util.List;
import java.util.Optional;
import pointsman.job.Job;
import pointsman.job.JobKind;
import pointsman.job.JobPlan;
import pointsman.job.JobSteps;
import pointsman.job.ReplyReader;
import pointsman.job.Scoring.Watch;
import pointsman.route.Grounds;

/// A question for each row of a table. The model of each row is chosen before anything is ordered,
/// because rows of one sub-tree must go to one model; what is asked in both orders decides in which of
/// them the rest is asked.
final class TableJob implements JobSteps<TableWork, TableInputs.Held, List<Grounds>> {
    private final TableInputs inputs;
    private final TierSplit split;
    private final TablePlanner planner;
    private final TrialJudge judge;

    TableJob(TableInputs inputs, TierSplit split, TablePlanner planner, TrialJudge judge) {
        this.inputs = inputs;
        this.split = split;
        this.planner = planner;
        this.judge = judge;
    }

    @Override
    public JobKind<TableWork> kind() {
        return TableWork.KIND;
    }

    @Override
    public TableInputs.Held read(Job<TableWork> job) throws InterruptedException {
        return inputs.read(job);
    }

    @Override
    public Optional<List<Grounds>> choose(Job<TableWork> job, TableInputs.Held held, Watch watch)
            throws InterruptedException {
        return split.decide(held.input(), job.data().request().tenant(), watch);
    }

    @Override
    public JobPlan<TableWork> plan(Job<TableWork> job, TableInputs.Held held, List<Grounds> decisions) {
        var plan = planner.plan(held.input(), decisions);
        return new JobPlan<>(decisions.size(), plan.parts(), job.data().with(plan.forecast()));
    }

    @Override
    public ReplyReader replies(Job<TableWork> job) {
        return new RowReplies(job.data().spec().output());
    }

    @Override
    public long maxCostMicros(Job<TableWork> job) {
        return job.data().spec().options().maxCostMicros();
    }

    @Override
    public boolean judge(Job<TableWork> job) {
        return judge.decide(job);
    }
}
