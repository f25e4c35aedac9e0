package pointsman.tablejob;

import pointsman.job.Job;
import pointsman.job.LanePlan.Arm;
import pointsman.job.store.JobStores;
import pointsman.tablejob.TrialForecast.Pending;

/// Decides a [Trial] by its answers, once, in one transaction with the release of the lanes that waited
/// for it.
///
/// @param stores of jobs
record TrialJudge(JobStores stores) {
    /// Decides, if the trial of this job is over and nobody has decided yet.
    ///
    /// @return whether it has
    boolean decide(Job<TableWork> job) {
        return stores.database()
                .transact(
                        "a trial's outcome",
                        () -> job.data().forecast().trial() instanceof Pending pending
                                && stores.lanes().isTrialOver(job.id())
                                && decide(job, pending));
    }

    private boolean decide(Job<TableWork> job, Pending pending) {
        var work = job.data();
        var verdict = TrialVerdict.of(
                stores.lanes().answers(job.id()),
                job.items().total(),
                work.spec().output());
        stores.lanes().decide(job.id(), verdict.isPlannedOrder() ? Arm.PLANNED : Arm.GIVEN);
        stores.jobs()
                .forecast(TableWork.KIND, job.id(), work.with(work.forecast().decided(pending, verdict)));
        return true;
    }
}
