package pointsman.batch;

import java.time.Duration;
import java.util.function.Predicate;
import pointsman.job.Job;
import pointsman.job.JobProgress;
import pointsman.job.JobState;
import pointsman.job.StopReason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A batch as OpenAI's API shows it.
///
/// @param job as it is stored
/// @param progress what it has done so far
/// @param window after which it expires
record BatchView(Job<BatchSpec> job, JobProgress progress, Duration window) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// The object.
    ///
    /// @param exists whether there is a file of this id
    ObjectNode json(Predicate<String> exists) {
        var spec = job.data();
        var times = job.times();
        var json = JSON.createObjectNode()
                .put("id", job.id())
                .put("object", "batch")
                .put("endpoint", spec.endpoint().path())
                .put("input_file_id", spec.inputFile())
                .put("completion_window", spec.window())
                .put("status", status())
                .put("created_at", times.created())
                .put("expires_at", times.created() + window.toSeconds());
        putTime(json, "in_progress_at", times.started());
        putTime(json, "cancelling_at", isByTenant() ? times.cancelling() : 0);
        putTime(json, "finalizing_at", times.finalizing());
        var finished = switch (job.state()) {
            case COMPLETED -> "completed_at";
            case FAILED -> "failed_at";
            case CANCELLED -> "cancelled_at";
            case EXPIRED -> "expired_at";
            case QUEUED, RUNNING, CANCELLING -> "";
        };
        if (!finished.isEmpty()) {
            json.put(finished, times.finished());
            putFile(json, "output_file_id", BatchResults.outputId(job.id()), exists);
            putFile(json, "error_file_id", BatchResults.errorId(job.id()), exists);
        }
        json.set("errors", errors());
        json.putObject("request_counts")
                .put("total", job.items().total())
                .put("completed", progress.answered())
                .put("failed", progress.failed());
        json.set("usage", usage());
        json.set("metadata", JSON.valueToTree(spec.metadata()));
        return json;
    }

    private String status() {
        return switch (job.state()) {
            case QUEUED -> "validating";
            case RUNNING -> job.times().finalizing() > 0 ? "finalizing" : "in_progress";
            case CANCELLING -> isByTenant() ? "cancelling" : "finalizing";
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case EXPIRED -> "expired";
        };
    }

    /// Whether nothing but its tenant's word stops it.
    private boolean isByTenant() {
        return job.stop() instanceof StopReason.None;
    }

    /// The tokens of all answers so far.
    private ObjectNode usage() {
        var tokens = progress.tokens();
        var usage = JSON.createObjectNode()
                .put("input_tokens", tokens.input())
                .put("output_tokens", tokens.output())
                .put("total_tokens", tokens.input() + tokens.output());
        usage.putObject("input_tokens_details").put("cached_tokens", tokens.cached());
        usage.putObject("output_tokens_details").put("reasoning_tokens", tokens.reasoning());
        return usage;
    }

    private static void putTime(ObjectNode json, String name, long seconds) {
        if (seconds > 0) {
            json.put(name, seconds);
        }
    }

    private static void putFile(ObjectNode json, String name, String id, Predicate<String> exists) {
        if (exists.test(id)) {
            json.put(name, id);
        }
    }

    /// What was wrong with the input file.
    private JsonNode errors() {
        if (job.state() != JobState.FAILED) {
            return JSON.nullNode();
        }
        var errors = JSON.createObjectNode().put("object", "list");
        errors.set("data", Problems.data(job.stop()));
        return errors;
    }
}
