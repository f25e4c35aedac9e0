package pointsman.tablejob;

import java.math.BigDecimal;
import pointsman.job.Job;
import pointsman.job.JobProgress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A table job as clients see it.
///
/// @param job as it is stored
/// @param progress what it has done so far
record TableJobView(Job job, JobProgress progress) {
    private static final JsonMapper JSON = JsonMapper.shared();

    ObjectNode json() {
        var json = JSON.createObjectNode()
                .put("id", job.id())
                .put("object", "table_job")
                .put("state", job.state().label())
                .put("created_at", job.createdAt());
        if (job.startedAt() > 0) {
            json.put("started_at", job.startedAt());
        }
        if (job.finishedAt() > 0) {
            json.put("finished_at", job.finishedAt());
        }
        json.putObject("rows")
                .put("total", job.items())
                .put("scored", job.scored())
                .put("answered", progress.answered())
                .put("failed", progress.failed());
        json.putObject("realised")
                .put("requests", progress.questions())
                .put("input_tokens", progress.input())
                .put("cached_tokens", progress.cached())
                .put("output_tokens", progress.output())
                .put("cost_usd", dollars(progress.costMicros()));
        if (!job.forecast().isEmpty()) {
            compare(json, JSON.readTree(job.forecast()));
        }
        if (!job.failure().isEmpty()) {
            json.set("error", JSON.readTree(job.failure()));
        }
        return json;
    }

    /// Holds what was realised against what the same rows would have cost otherwise: in the given order, as it
    /// was foreseen for as many prompt tokens; and with the same tokens on the large tier.
    private void compare(ObjectNode json, JsonNode forecast) {
        json.set("forecast", forecast);
        if (forecast.has("ab_guard")) {
            json.set("ab_guard", forecast.path("ab_guard"));
        }
        double share = progress.input()
                / Math.max(1.0, forecast.path("planned").path("input_tokens").asDouble(0));
        double given = forecast.path("unreordered").path("input_cost_usd").asDouble(0) * 1e6 * share;
        json.putObject("saved")
                .put("against_unreordered_usd", dollars(Math.round(given) - progress.inputMicros()))
                .put("against_all_large_usd", dollars(progress.largeMicros() - progress.costMicros()));
        if (!job.state().isOver() && progress.done() > 0) {
            json.put(
                    "eta_seconds",
                    Math.round(job.age().toMillis() / 1e3 * (job.items() - progress.done()) / progress.done()));
        }
    }

    private static BigDecimal dollars(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }
}
