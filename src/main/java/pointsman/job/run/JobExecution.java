package pointsman.job.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pointsman.job.Job;
import pointsman.job.ReplyReader;

/// The lanes of one job that run here.
///
/// @param reader makes answers of what comes back
/// @param budget what the job may spend
/// @param token whether it goes on
/// @param running lanes, by the name of the upstream
record JobExecution(
        Job<?> job, ReplyReader reader, CostBudget budget, CancellationToken token, Map<String, Integer> running) {
    JobExecution(Job<?> job, ReplyReader reader, CostBudget budget, CancellationToken token) {
        this(job, reader, budget, token, new ConcurrentHashMap<>());
    }

    String id() {
        return job.id();
    }

    int count(String upstream) {
        return running.getOrDefault(upstream, 0);
    }

    void count(String upstream, int change) {
        running.merge(upstream, change, Integer::sum);
    }
}
