package pointsman.batch;

import java.util.List;
import java.util.Optional;
import pointsman.batch.BatchRequests.Problem;
import pointsman.failure.Failure;
import pointsman.job.StopReason;
import pointsman.job.store.StopReasons;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is wrong with a batch's requests, on its way to the client: nothing is sent of a batch in which
/// any request is wrong. A job keeps the list as the message of its failure.
final class Problems {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String INVALID = "invalid_batch";
    private static final int MOST = 100;

    private Problems() {}

    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] if there are any
    static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            var told = problems.subList(0, Math.min(MOST, problems.size()));
            throw new Failure.BadRequest(INVALID, JSON.writeValueAsString(told), Optional.empty()).asException();
        }
    }

    /// The list of OpenAI's API for a batch that stops for this.
    static JsonNode data(StopReason reason) {
        if (reason instanceof StopReason.Failed(var code, var message) && code.equals(INVALID)) {
            return JSON.readTree(message);
        }
        var data = JSON.createArrayNode();
        StopReasons.json(reason).ifPresent(data::add);
        return data;
    }
}
