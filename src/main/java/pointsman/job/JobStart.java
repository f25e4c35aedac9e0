package pointsman.job;

import pointsman.cache.Hints;

/// The one step between planning and sending: the plan becomes durable, and its lanes can be taken.
///
/// @param salt a secret of this store, which keeps tenants' prompt caches apart
public record JobStart(JobStore jobs, LaneStore lanes, Workers workers, Signal doorbell, String salt) {
    /// Whether this replica is the one that plans the job. False if it is planned, or another one is at it.
    public boolean isOurs(Job job) {
        return job.state() == JobState.QUEUED && jobs.takeToPlan(job.id(), workers.self());
    }

    /// Notes how many items are scored.
    ///
    /// @return false if the job was cancelled or taken over meanwhile
    public boolean isWanted(Job job, int scored) {
        return jobs.scored(job.id(), workers.self(), scored);
    }

    /// Stores the plan, unless the job was cancelled or taken over meanwhile.
    public void begin(Job job, JobPlan plan) {
        var hints = new Hints(salt, job.tenant(), job.id());
        lanes.begin(
                job.id(),
                workers.self(),
                plan.items(),
                plan.lanes(hints),
                plan.forecast().toString());
        doorbell.ring();
    }
}
