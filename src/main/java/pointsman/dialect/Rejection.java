package pointsman.dialect;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Why an upstream turns a request down, as far as its status and its words tell: whether that is the
/// request's own fault, which it would be anywhere, or one of this model's limits, which another may not
/// have.
///
/// Words and codes are those of OpenAI, Anthropic, llama.cpp's server, Ollama and vLLM (2026-11).
public enum Rejection {
    /// The prompt, with the answer it asks for, does not fit the model's context.
    TOO_LONG,
    /// No such model or route there.
    MODEL_GONE,
    /// The model has no such ability.
    UNSUPPORTED,
    /// The upstream failed, or had no time, and says so in a JSON error.
    FAILED,
    /// It will not answer that.
    CONTENT,
    /// Whatever else: taken for the request's own fault.
    REQUEST;

    private static final Set<String> TOO_LONG_CODES =
            Set.of("context_length_exceeded", "exceed_context_size_error", "string_above_max_length");
    private static final Pattern TOO_LONG_WORDS = Pattern.compile(
            "(prompt|input|request|conversation)[^.]{0,40}too (long|large)|context (length|window|size|limit)"
                    + "|(maximum|max|available|allowed)[^.]{0,20} (context|prompt|input) |input length|too many tokens"
                    + "|reduce the length|exceeds?[^.]{0,40} tokens?\\b");
    private static final Set<String> QUOTA_CODES =
            Set.of("insufficient_quota", "billing_error", "insufficient_balance", "insufficient_credits");
    private static final Set<String> CONTENT_CODES = Set.of(
            "content_policy_violation", "content_filter", "moderation", "moderation_blocked", "flagged", "safety");
    private static final Pattern CONTENT_WORDS = Pattern.compile(
            "content (policy|filter|management policy)|moderation|\\bflagged\\b|usage polic(y|ies)|safety");
    private static final Set<String> UNSUPPORTED_CODES = Set.of(
            "unsupported_parameter",
            "unsupported_value",
            "unsupported_model",
            "not_supported_error",
            "invalid_encrypted_content");
    private static final Pattern UNSUPPORTED_WORDS =
            Pattern.compile("not support|unsupported|extra inputs are not permitted|unrecognized request argument"
                    + "|unknown (field|parameter)|not (available|allowed|enabled) (for|with|on) this model");
    private static final Pattern GONE_WORDS = Pattern.compile(
            "model[^.]{0,80} (not found|does not exist|not exist|has been (deprecated|removed|retired))");

    /// Reads a refusal.
    ///
    /// @param status of the answer
    /// @param body a JSON error, see [ErrorText]
    public static Rejection of(int status, byte[] body) {
        return ErrorText.read(body).map(said -> of(status, said)).orElse(REQUEST);
    }

    /// Whether a 429 says that the account's quota or credit is used up, which no patience mends; else it
    /// limits the rate.
    public static boolean isOutOfQuota(byte[] body) {
        return ErrorText.read(body)
                .filter(said -> Stream.of(said.code(), said.type())
                        .flatMap(Optional::stream)
                        .anyMatch(QUOTA_CODES::contains))
                .isPresent();
    }

    private static Rejection of(int status, ErrorText said) {
        var codes = Stream.of(said.code(), said.type())
                .flatMap(Optional::stream)
                .map(code -> code.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        var words = said.message().toLowerCase(Locale.ROOT);
        if (says(codes, CONTENT_CODES, words, CONTENT_WORDS)) {
            return CONTENT;
        }
        if (status == 413 || says(codes, TOO_LONG_CODES, words, TOO_LONG_WORDS)) {
            return TOO_LONG;
        }
        if (status == 404 || says(codes, Set.of("model_not_found"), words, GONE_WORDS)) {
            return MODEL_GONE;
        }
        if (says(codes, UNSUPPORTED_CODES, words, UNSUPPORTED_WORDS)) {
            return UNSUPPORTED;
        }
        return status == 408 || status == 409 || codes.contains("server_error") ? FAILED : REQUEST;
    }

    private static boolean says(Set<String> codes, Set<String> wanted, String words, Pattern pattern) {
        return codes.stream().anyMatch(wanted::contains)
                || pattern.matcher(words).find();
    }
}
