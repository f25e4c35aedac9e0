package pointsman.route;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import pointsman.dialect.Rejection;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.route.Decision.Cannot;
import pointsman.route.Decision.Unavailable;

/// When another model answers in the place of the one that was chosen. A rung was chosen for its price, so
/// whatever it cannot do before the first byte of an answer a dearer one may; whoever asked for a model by
/// its name gets its failure, or its configured fallbacks. What is the request's own fault, or what a model
/// will not say, no other is asked.
final class StandIn {
    private static final String TOO_LONG = "too_long";
    private static final Pattern FIELD = Pattern.compile("[a-z_]+");
    /// Reasons are labels of meters, so a name that a client made up is none.
    private static final Set<String> FIELDS = Set.of(
            "audio",
            "container",
            "document",
            "frequency_penalty",
            "function_call",
            "functions",
            "image",
            "input",
            "logit_bias",
            "logprobs",
            "max_tokens",
            "mcp_servers",
            "messages",
            "modalities",
            "n",
            "output_config",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "prompt",
            "reasoning",
            "reasoning_effort",
            "response_format",
            "seed",
            "stop",
            "temperature",
            "text",
            "thinking",
            "tool_choice",
            "tools",
            "top_k",
            "top_logprobs",
            "web_search_options");

    private StandIn() {}

    /// The grounds on which another answers after all, if it may.
    ///
    /// @param other its name
    /// @param chosen the grounds on which the first was chosen
    /// @param error what became of that, before anything went to the client
    static Optional<Decision> grounds(String other, Grounds chosen, Throwable error) {
        return error instanceof FailureException known ? after(other, chosen, known.failure()) : Optional.empty();
    }

    /// What the client is told when the last of them could not be asked either: what each of them lacks.
    ///
    /// @param chosen the grounds on which the last was chosen
    /// @param error what became of it
    static Throwable told(Grounds chosen, Throwable error) {
        return error instanceof FailureException known
                        && known.failure() instanceof Failure.UnsupportedByUpstream last
                        && chosen instanceof Cannot cannot
                ? Failure.BadRequest.inField(last.field(), lacks(cannot) + last.message())
                        .asException(error)
                : error;
    }

    private static String lacks(Grounds grounds) {
        return grounds instanceof Cannot cannot
                ? lacks(cannot.first())
                        + "The model '%s' cannot answer this: %s. "
                                .formatted(cannot.first().model(), cannot.what())
                : "";
    }

    private static Optional<Decision> after(String other, Grounds chosen, Failure failure) {
        return switch (failure) {
            case Failure.UpstreamUnavailable _,
                    Failure.UpstreamError _,
                    Failure.UpstreamInvalidAnswer _,
                    Failure.StreamBroken _,
                    Failure.UpstreamTimeout _,
                    Failure.UpstreamRateLimited _,
                    Failure.UpstreamAuth _,
                    Failure.UpstreamQuota _,
                    Failure.Overloaded _ -> Optional.of(new Unavailable(other, chosen));
            case Failure.UnsupportedByUpstream unsupported ->
                Optional.of(new Cannot(other, chosen, chosen.model() + "_lacks_" + label(unsupported.field())));
            case Failure.UpstreamRejected rejected -> after(other, chosen, rejected);
            default -> Optional.empty();
        };
    }

    private static Optional<Decision> after(String other, Grounds chosen, Failure.UpstreamRejected rejected) {
        return switch (Rejection.of(rejected.status(), rejected.body())) {
            case TOO_LONG -> Optional.of(new Cannot(other, chosen, TOO_LONG));
            case UNSUPPORTED -> Optional.of(new Cannot(other, chosen, chosen.model() + "_refused"));
            case MODEL_GONE, FAILED -> Optional.of(new Unavailable(other, chosen));
            case CONTENT, REQUEST -> Optional.empty();
        };
    }

    /// The outermost field: `tools[0].type` is `tools`.
    private static String label(String field) {
        var matcher = FIELD.matcher(field);
        return matcher.lookingAt() && FIELDS.contains(matcher.group()) ? matcher.group() : "field";
    }
}
