package pointsman.testing;

/// How a provider refuses a request.
///
/// @param body of the answer, a JSON error in the provider's own shape
public record Refusal(int status, String body) {
    /// As OpenAI, and most who speak its dialect, say it.
    static Refusal openai(String words, String param, String code) {
        return new Refusal(
                400,
                "{\"error\":{\"message\":%s,\"type\":\"invalid_request_error\",\"param\":%s,\"code\":%s}}"
                        .formatted(Completions.quoted(words), orNull(param), orNull(code)));
    }

    static Refusal anthropic(String words) {
        return new Refusal(
                400,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":%s},\"request_id\":\"req_1\"}"
                        .formatted(Completions.quoted(words)));
    }

    static Refusal gemini(String words) {
        return new Refusal(
                400,
                "[{\"error\":{\"code\":400,\"message\":%s,\"status\":\"INVALID_ARGUMENT\"}}]"
                        .formatted(Completions.quoted(words)));
    }

    /// Fields that nobody knows there.
    static Refusal mistral(String path) {
        return new Refusal(
                422,
                "{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",%s],\"msg\":\"Extra inputs are not permitted\"}]},\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}"
                        .formatted(Completions.quoted(path)));
    }

    static Refusal xai(String words) {
        return new Refusal(
                400,
                "{\"code\":\"Client specified an invalid argument\",\"error\":%s}"
                        .formatted(Completions.quoted(words)));
    }

    static Refusal cerebras(String words, String param) {
        return new Refusal(
                400,
                "{\"message\":%s,\"type\":\"invalid_request_error\",\"param\":%s,\"code\":\"wrong_api_format\"}"
                        .formatted(Completions.quoted(words), Completions.quoted(param)));
    }

    /// As LM Studio says it, and Ollama.
    static Refusal plain(int status, String words) {
        return new Refusal(status, "{\"error\":%s}".formatted(Completions.quoted(words)));
    }

    private static String orNull(String text) {
        return text.isEmpty() ? "null" : Completions.quoted(text);
    }
}
