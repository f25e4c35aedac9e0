package pointsman.batch;

import java.util.Map;
import java.util.TreeMap;
import pointsman.failure.Failure;
import tools.jackson.databind.json.JsonMapper;

/// Failures as jobs and answers keep them.
final class Failures {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Failures() {}

    /// `{"code", "message"}`.
    static String json(String code, String message) {
        return JSON.writeValueAsString(new TreeMap<>(Map.of("code", code, "message", message)));
    }

    /// `{"code", "message"}`. What an upstream rejects is told in its own words.
    static String json(Failure failure) {
        return json(failure.code(), message(failure));
    }

    private static String message(Failure failure) {
        if (failure instanceof Failure.UpstreamRejected rejected) {
            var error = JSON.readTree(rejected.body()).path("error");
            return failure.message() + " " + error.path("message").asString(error.toString());
        }
        return failure.message();
    }
}
