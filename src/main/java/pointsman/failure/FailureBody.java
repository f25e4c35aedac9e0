package pointsman.failure;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Turns a failure into the bytes that a client of a dialect expects. The one place where error bodies are made.
public final class FailureBody {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ERROR = "error";

    private FailureBody() {}

    /// The body of an answer. What an upstream said in the same shape is passed on as it is.
    ///
    /// @param shape what the client's route speaks
    /// @param requestId as the client sees it in `x-pointsman-request-id`
    public static byte[] of(ErrorShape shape, Failure failure, String requestId) {
        return failure instanceof Failure.UpstreamRejected rejected && shape.hasBodyOf(rejected.shape())
                ? rejected.body()
                : JSON.writeValueAsBytes(
                        switch (shape) {
                            case OPENAI, OPENAI_RESPONSES -> Map.of(ERROR, openAiError(failure));
                            case ANTHROPIC -> anthropic(failure, requestId);
                        });
    }

    /// The event that ends a broken stream. It is called `error` in every dialect: OpenAI's own SDKs look
    /// at the data of a chat's events only, others (LangChain4j's) at the name only. No `[DONE]`, no
    /// `response.completed` and no `message_stop` follows it.
    public static byte[] event(ErrorShape shape, Failure failure, String requestId) {
        var event = switch (shape) {
            case OPENAI -> Map.<String, Object>of(ERROR, openAiError(failure));
            case OPENAI_RESPONSES -> responsesEvent(failure);
            case ANTHROPIC -> anthropic(failure, requestId);
        };
        return "event: error\ndata: %s\n\n"
                .formatted(JSON.writeValueAsString(event))
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

    /// OpenAI documents the fields side by side and sends them within `error`, and its SDKs look in one
    /// place or the other: so they stand in both. The number says only that nothing comes after it.
    private static Map<String, Object> responsesEvent(Failure failure) {
        var event = new LinkedHashMap<String, Object>();
        event.put("type", ERROR);
        event.put("code", failure.code());
        event.put("message", failure.message());
        event.put("param", failure.param().orElse(null));
        event.put("sequence_number", Integer.MAX_VALUE);
        event.put(ERROR, openAiError(failure));
        return event;
    }

    private static Map<String, Object> anthropic(Failure failure, String requestId) {
        var error = new LinkedHashMap<String, Object>();
        error.put("type", anthropicType(failure.status()));
        error.put("message", failure.message());
        error.put("code", failure.code());
        var body = new LinkedHashMap<String, Object>();
        body.put("type", ERROR);
        body.put(ERROR, error);
        body.put("request_id", requestId);
        return body;
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
