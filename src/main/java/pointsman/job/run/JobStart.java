package pointsman.job.run;

import pointsman.job.CacheHints;
import pointsman.job.Job;
import pointsman.job.JobKind;
import pointsman.job.JobPlan;
import pointsman.job.JobState;
import pointsman.job.store.JobStores;

/// The step between planning and sending: one replica plans a job, the plan becomes durable, and its
/// lanes can be taken.
record JobStart(JobStores stores) {
    /// Whether this replica is the one that plans the job. False if it is planned, or another one is at it.
    boolean isOurs(Job<?> job) {
        return job.state() == JobState.QUEUED && stores.jobs().takeToPlan(job.id(), self());
    }

    /// Notes how many items are scored.
    ///
    /// @return false if the job was cancelled or taken over meanwhile
    boolean isWanted(Job<?> job, int scored) {
        return stores.jobs().scored(job.id(), self(), scored);
    }

    /// Stores the plan, unless the job was cancelled or taken over meanwhile.
    <D> void store(JobKind<D> kind, Job<D> job, JobPlan<D> plan) {
        var hints = new CacheHints(stores.salt(), job.tenant(), job.id());
        var forecast = kind.codec().write(plan.data()).forecast();
        stores.lanes().begin(job.id(), self(), plan.items(), plan.lanes(hints), forecast);
        stores.signal().raise();
    }

    private String self() {
        return stores.workers().self();
    }
}
