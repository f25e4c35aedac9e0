package pointsman.batch;

import java.time.Duration;
import java.util.function.Predicate;
import pointsman.job.Job;
import pointsman.job.JobProgress;
import pointsman.job.JobState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A batch as OpenAI's API shows it.
///
/// @param job as it is stored
/// @param spec what was asked
/// @param progress what it has done so far
/// @param window after which it expires
record BatchView(Job job, BatchSpec spec, JobProgress progress, Duration window) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// The object.
    ///
    /// @param exists whether there is a file of this id
    ObjectNode json(Predicate<String> exists) {
        var json = JSON.createObjectNode()
                .put("id", job.id())
                .put("object", "batch")
                .put("endpoint", spec.endpoint())
                .put("input_file_id", spec.inputFile())
                .put("completion_window", spec.window())
                .put("status", status())
                .put("created_at", job.createdAt())
                .put("expires_at", job.createdAt() + window.toSeconds());
        putTime(json, "in_progress_at", job.startedAt());
        putTime(json, "cancelling_at", job.failure().isEmpty() ? job.cancellingAt() : 0);
        putTime(json, "finalizing_at", job.finalizingAt());
        var finished = switch (job.state()) {
            case COMPLETED -> "completed_at";
            case FAILED -> "failed_at";
            case CANCELLED -> "cancelled_at";
            case EXPIRED -> "expired_at";
            case QUEUED, RUNNING, CANCELLING -> "";
        };
        if (!finished.isEmpty()) {
            json.put(finished, job.finishedAt());
            putFile(json, "output_file_id", BatchResults.outputId(job.id()), exists);
            putFile(json, "error_file_id", BatchResults.errorId(job.id()), exists);
        }
        json.set("errors", errors());
        json.putObject("request_counts")
                .put("total", job.items())
                .put("completed", progress.answered())
                .put("failed", progress.failed());
        json.set("usage", usage());
        json.set("metadata", JSON.valueToTree(spec.metadata()));
        return json;
    }

    private String status() {
        return switch (job.state()) {
            case QUEUED -> "validating";
            case RUNNING -> job.finalizingAt() > 0 ? "finalizing" : "in_progress";
            case CANCELLING -> job.failure().isEmpty() ? "cancelling" : "finalizing";
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case EXPIRED -> "expired";
        };
    }

    /// The tokens of all answers so far.
    private ObjectNode usage() {
        var usage = JSON.createObjectNode()
                .put("input_tokens", progress.input())
                .put("output_tokens", progress.output())
                .put("total_tokens", progress.input() + progress.output());
        usage.putObject("input_tokens_details").put("cached_tokens", progress.cached());
        usage.putObject("output_tokens_details").put("reasoning_tokens", progress.reasoning());
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
        var failure = JSON.readTree(job.failure());
        var errors = JSON.createObjectNode().put("object", "list");
        if (failure.path("code").asString("").equals("invalid_batch")) {
            errors.set("data", JSON.readTree(failure.path("message").asString("[]")));
        } else {
            errors.putArray("data").add(failure);
        }
        return errors;
    }
}
