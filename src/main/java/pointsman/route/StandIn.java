package pointsman.route;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import pointsman.dialect.Rejection;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.Tier;
import pointsman.route.Decision.Scored;
import pointsman.route.Decision.SmallCannot;
import pointsman.route.Decision.SmallUnavailable;

/// When large answers in small's place. Small was chosen for its price, so whatever small cannot do before the
/// first byte of an answer large may; whoever asked for small by name gets small's failure. What is the request's
/// own fault, or what small will not say, large is not asked.
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

    /// The grounds on which large answers after all, if it may.
    ///
    /// @param chosen the grounds on which another was chosen
    /// @param error what became of it, before anything went to the client
    static Optional<Decision> grounds(Grounds chosen, Throwable error) {
        return chosen instanceof Scored scored ? after(scored, error) : Optional.empty();
    }

    /// The decision by which large answers after all, if it may.
    ///
    /// @param decided what the router decided
    /// @param error what became of it, before anything went to the client
    public static Optional<Decision> after(Scored decided, Throwable error) {
        return decided.tier() == Tier.SMALL && error instanceof FailureException known
                ? after(decided, known.failure())
                : Optional.empty();
    }

    private static Optional<Decision> after(Scored decided, Failure failure) {
        return switch (failure) {
            case Failure.UpstreamUnavailable _,
                    Failure.UpstreamError _,
                    Failure.UpstreamInvalidAnswer _,
                    Failure.StreamBroken _,
                    Failure.UpstreamTimeout _,
                    Failure.UpstreamRateLimited _,
                    Failure.UpstreamAuth _,
                    Failure.Overloaded _ -> Optional.of(new SmallUnavailable(decided));
            case Failure.UnsupportedByUpstream unsupported ->
                Optional.of(new SmallCannot(decided, "small_lacks_" + label(unsupported.field())));
            case Failure.UpstreamRejected rejected -> after(decided, rejected);
            default -> Optional.empty();
        };
    }

    private static Optional<Decision> after(Scored decided, Failure.UpstreamRejected rejected) {
        return switch (Rejection.of(rejected.status(), rejected.body())) {
            case TOO_LONG -> Optional.of(new SmallCannot(decided, TOO_LONG));
            case UNSUPPORTED -> Optional.of(new SmallCannot(decided, "small_refused"));
            case MODEL_GONE, FAILED -> Optional.of(new SmallUnavailable(decided));
            case CONTENT, REQUEST -> Optional.empty();
        };
    }

    /// The outermost field: `tools[0].type` is `tools`.
    private static String label(String field) {
        var matcher = FIELD.matcher(field);
        return matcher.lookingAt() && FIELDS.contains(matcher.group()) ? matcher.group() : "field";
    }
}
