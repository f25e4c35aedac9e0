package pointsman.job.run;

import pointsman.job.Job;
import pointsman.job.JobKind;
import pointsman.job.JobPlan;
import pointsman.job.JobSteps;
import pointsman.job.store.JobStore;
import pointsman.job.store.JobStores;

/// THE PATH of a job, whatever it is made of. Everything that happens to one happens here, in this order:
/// read, choose, plan, store, send, judge, finish. Where a job makes a trial, that is sent first and
/// judged, and the rest is sent after it.
///
/// Whoever finds a job that is stored with its plan joins at `send`, together with every other replica
/// that has places free; an answer that is stored is never asked for again.
final class JobRun<D, I extends JobSteps.Input, C> {
    private final JobSteps<D, I, C> steps;
    private final JobStart start;
    private final LaneSender sender;
    private final JobStore jobs;

    JobRun(JobSteps<D, I, C> steps, JobStores stores, LaneSender sender) {
        this.steps = steps;
        this.start = new JobStart(stores);
        this.sender = sender;
        this.jobs = stores.jobs();
    }

    JobKind<D> kind() {
        return steps.kind();
    }

    /// Runs a job to its end, or as far as it can be run here.
    void run(Job<D> job) throws InterruptedException {
        if (start.isOurs(job)) {
            try (var input = steps.read(job)) {
                steps.choose(job, input, scored -> isWanted(job, scored))
                        .map(choices -> steps.plan(job, input, choices))
                        .ifPresent(plan -> store(job, plan));
            }
        }
        send(job);
        if (judge(job)) {
            send(job);
        }
        finish(job);
    }

    private boolean isWanted(Job<D> job, int scored) {
        return !sender.isStopping() && start.isWanted(job, scored);
    }

    private void store(Job<D> job, JobPlan<D> plan) {
        start.store(kind(), job, plan);
    }

    private void send(Job<D> job) throws InterruptedException {
        sender.send(job, steps.replies(job), steps.maxCostMicros(job));
    }

    private boolean judge(Job<D> job) {
        return steps.judge(jobs.get(kind(), job.id()));
    }

    private void finish(Job<D> job) {
        if (jobs.isSettled(job.id())) {
            steps.finish(jobs.get(kind(), job.id()));
            jobs.finish(job.id());
        }
    }
}
