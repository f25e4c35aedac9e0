package pointsman.tablejob;

import static pointsman.tablejob.TableForecastJson.dollars;

import pointsman.job.Job;
import pointsman.job.JobProgress;
import pointsman.job.store.StopReasons;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A table job as clients see it.
///
/// @param job as it is stored
/// @param progress what it has done so far
record TableJobView(Job<TableWork> job, JobProgress progress) {
    private static final JsonMapper JSON = JsonMapper.shared();

    ObjectNode json() {
        var json = JSON.createObjectNode()
                .put("id", job.id())
                .put("object", "table_job")
                .put("state", job.state().label())
                .put("created_at", job.times().created());
        if (job.times().started() > 0) {
            json.put("started_at", job.times().started());
        }
        if (job.times().finished() > 0) {
            json.put("finished_at", job.times().finished());
        }
        json.putObject("rows")
                .put("total", job.items().total())
                .put("scored", job.items().scored())
                .put("answered", progress.answered())
                .put("failed", progress.failed());
        json.putObject("realised")
                .put("requests", progress.questions())
                .put("input_tokens", progress.tokens().input())
                .put("cached_tokens", progress.tokens().cached())
                .put("output_tokens", progress.tokens().output())
                .put("cost_usd", dollars(progress.cost().micros()));
        if (!job.data().forecast().isNone()) {
            compare(json, job.data().forecast());
        }
        StopReasons.json(job.stop()).ifPresent(reason -> json.set("error", reason));
        return json;
    }

    /// Holds what was realised against what the same rows would have cost otherwise: in the given order,
    /// as it was foreseen for as many prompt tokens; and with the same tokens on the large tier.
    private void compare(ObjectNode json, TableForecast forecast) {
        json.set("forecast", TableForecastJson.json(forecast));
        TableForecastJson.json(forecast.trial()).ifPresent(trial -> json.set("ab_guard", trial));
        var cost = progress.cost();
        double share = progress.tokens().input()
                / Math.max(1.0, (double) forecast.planned().input());
        double given = forecast.given().inputMicros() * share;
        json.putObject("saved")
                .put("against_unreordered_usd", dollars(Math.round(given) - cost.inputMicros()))
                .put("against_all_large_usd", dollars(cost.largeMicros() - cost.micros()));
        if (!job.state().isOver() && progress.done() > 0) {
            double seconds = job.times().age().toMillis() / 1e3;
            json.put("eta_seconds", Math.round(seconds * (job.items().total() - progress.done()) / progress.done()));
        }
    }
}
