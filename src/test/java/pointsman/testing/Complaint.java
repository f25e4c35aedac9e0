package pointsman.testing;

/// What a provider refuses a request with, in the words of OpenAI and of Anthropic.
///
/// @param status the same of both
/// @param type the error's, as OpenAI names it
/// @param code OpenAI's; empty: it says none
/// @param anthropic the error's type, as Anthropic names it
/// @param message OpenAI's sentence
/// @param anthropicMessage Anthropic's
public record Complaint(
        int status, String type, String code, String anthropic, String message, String anthropicMessage) {
    static final Complaint
            LIMITED =
                    of(429, "requests", "rate_limit_exceeded", "rate_limit_error", "Rate limit reached for requests."),
            BROKEN = of(500, "server_error", "", "api_error", "The server had an error."),
            DOWN = of(503, "server_error", "", "overloaded_error", "The server is overloaded or not ready yet."),
            OVERLOADED = of(503, "server_error", "overloaded", "overloaded_error", "Overloaded"),
            TOO_LONG =
                    new Complaint(
                            400,
                            "invalid_request_error",
                            "context_length_exceeded",
                            "invalid_request_error",
                            "This model's maximum context length is 8192 tokens, but 9631 were asked for.",
                            "prompt is too long: 210381 tokens > 200000 maximum"),
            MODEL_GONE =
                    new Complaint(
                            404,
                            "invalid_request_error",
                            "model_not_found",
                            "not_found_error",
                            "The model does not exist or you do not have access to it.",
                            "model: primary-1"),
            TOO_SLOW = of(408, "timeout", "", "timeout_error", "The request timed out."),
            CONFLICT = of(409, "conflict_error", "", "api_error", "Another request holds this one up."),
            TOO_LARGE = of(413, "invalid_request_error", "", "request_too_large", "The request is too large.");

    /// The refusal that no other model is asked after.
    public static final Complaint CONTENT = new Complaint(
            400,
            "invalid_request_error",
            "content_policy_violation",
            "invalid_request_error",
            "Your request was rejected by our content policy.",
            "Output blocked by content filtering policy");

    /// What is wrong with the request anywhere.
    public static final Complaint WRONG =
            of(422, "invalid_request_error", "", "invalid_request_error", "messages: the third message is odd.");

    private static Complaint of(int status, String type, String code, String anthropic, String message) {
        return new Complaint(status, type, code, anthropic, message, message);
    }
}
