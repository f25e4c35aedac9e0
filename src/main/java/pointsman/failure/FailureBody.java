package pointsman.failure;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Turns a failure into the bytes that a client of a dialect expects. The one place where error bodies are made.
public final class FailureBody {
    private static final JsonMapper JSON = JsonMapper.shared();

    private FailureBody() {}

    /// The body of an answer in OpenAI's shape: `{"error": {"message", "type", "param", "code"}}`.
    public static byte[] openAi(Failure failure) {
        return failure instanceof Failure.UpstreamRejected rejected
                ? rejected.body()
                : JSON.writeValueAsBytes(Map.of("error", openAiError(failure)));
    }

    /// The event that ends a broken stream in OpenAI's dialect. No `[DONE]` follows it.
    public static byte[] openAiEvent(Failure failure) {
        return ("data: " + JSON.writeValueAsString(Map.of("error", openAiError(failure))) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> openAiError(Failure failure) {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", failure.message());
        error.put("type", openAiType(failure.status()));
        error.put("param", failure.param().orElse(null));
        error.put("code", failure.code());
        return error;
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
