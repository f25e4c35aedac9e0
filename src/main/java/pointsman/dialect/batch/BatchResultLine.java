package pointsman.dialect.batch;

import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// A line of the files that a batch of OpenAI's leaves: one for the answers, one for the errors.
///
/// @param id of the line
/// @param customId the client's name for the request
public record BatchResultLine(String id, String customId) {
    /// The line of an answer.
    ///
    /// @param requestId of the call
    /// @param body as the model's provider sent it, JSON
    public String answered(int status, String requestId, String body) {
        var line = object();
        response(line, status, requestId).putRawValue("body", new RawValue(body));
        return written(line.putNull("error"));
    }

    /// The line of a request that failed.
    ///
    /// @param requestId of the call
    /// @param error JSON
    public String failed(int status, String requestId, String error) {
        var line = object();
        response(line, status, requestId).putObject("body").putRawValue("error", new RawValue(error));
        return written(line.putNull("error"));
    }

    /// The line of a request that nobody was asked in time.
    public String expired() {
        var line = object().putNull("response");
        line.putObject("error")
                .put("code", "batch_expired")
                .put("message", "This request could not be executed before the completion window expired.");
        return written(line);
    }

    private ObjectNode object() {
        return Json.object().put("id", id).put("custom_id", customId);
    }

    private static ObjectNode response(ObjectNode line, int status, String requestId) {
        return line.putObject("response").put("status_code", status).put("request_id", requestId);
    }

    private static String written(ObjectNode line) {
        return Json.text(line) + "\n";
    }
}
