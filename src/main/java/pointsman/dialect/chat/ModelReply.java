package pointsman.dialect.chat;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a model said in a chat completion, and whether it had its say: an answer that was cut, withheld or
/// refused, that calls a tool which nobody offered, or that says nothing, is none, however good its
/// beginning looks.
///
/// @param text that it wrote
/// @param refusal the words by which it declines; empty if it does not
/// @param ending why it ended, as the upstream says it; empty if it does not say
/// @param isCall whether it wants a tool to be called
public record ModelReply(String text, String refusal, String ending, boolean isCall) {
    /// With the bounds of a reader of anybody's JSON: the client of the upstream has looked through the body,
    /// but not into all of it.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int MOST_SHOWN = 200;
    private static final int LONGEST_REFUSAL = 1_000;
    private static final int LONGEST_WORD = 60;
    /// Servers of this dialect have their own words for a regular end. One that is not known is none: what
    /// it brought is kept beside the error.
    private static final Set<String> REGULAR =
            Set.of("", "stop", "stop_sequence", "end_turn", "eos", "eos_token", "complete", "completed");

    private static final Set<String> CUT =
            Set.of("length", "model_length", "max_tokens", "max_output_tokens", "model_context_window_exceeded");
    private static final Set<String> WITHHELD = Set.of(
            "content_filter",
            "safety",
            "recitation",
            "blocklist",
            "prohibited_content",
            "spii",
            "sensitive",
            "refusal");
    private static final Set<String> CALLS = Set.of("tool_calls", "function_call", "tool_use");

    /// Reads a body.
    ///
    /// @return empty if it is no JSON, is too deep or has too long a value
    public static Optional<ModelReply> read(byte[] body) {
        try {
            return Optional.of(of(JSON.readTree(body)));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// Reads the first choice of a completion; what is missing or of another type says nothing.
    public static ModelReply of(JsonNode completion) {
        var choice = completion.path("choices").path(0);
        var message = choice.path("message");
        var content = message.path("content");
        var calls = message.path("tool_calls");
        return new ModelReply(
                content.isArray() ? joined(content, "text") : content.asString(""),
                message.path("refusal").asString(joined(content, "refusal")),
                choice.path("finish_reason").asString(""),
                calls.isArray() && !calls.isEmpty());
    }

    /// Content may come as a list of parts, of which only some are text.
    private static String joined(JsonNode parts, String kind) {
        return parts.valueStream().map(part -> part.path(kind).asString("")).collect(Collectors.joining());
    }

    /// Why this is no answer, as a sentence for people; empty if it is one.
    public Optional<String> fault() {
        var word = ending.toLowerCase(Locale.ROOT);
        if (!refusal.isBlank()) {
            return Optional.of(
                    "The model refused to answer%s: %s".formatted(stated(), shortened(refusal, LONGEST_REFUSAL)));
        }
        if (WITHHELD.contains(word)) {
            return Optional.of("The model or a content filter declined to answer%s%s".formatted(stated(), shown()));
        }
        if (CUT.contains(word)) {
            return Optional.of("The answer was cut at a limit of tokens%s; 'options.max_output_tokens' may allow more%s"
                    .formatted(stated(), shown()));
        }
        if (isCall || CALLS.contains(word)) {
            return Optional.of("The model called a tool in place of an answer%s%s".formatted(stated(), shown()));
        }
        if (!REGULAR.contains(word)) {
            return Optional.of("The answer did not end as one that is whole does%s%s".formatted(stated(), shown()));
        }
        return text.isBlank() ? Optional.of("The model's answer is empty%s.".formatted(stated())) : Optional.empty();
    }

    /// Why an answer that is one is not what was asked for.
    public String misfit() {
        return "The model's answer is not of the form that was asked for%s%s".formatted(stated(), shown());
    }

    private String stated() {
        return " (finish_reason %s)".formatted(ending.isEmpty() ? "unknown" : shortened(ending, LONGEST_WORD));
    }

    private String shown() {
        return text.isBlank() ? "." : ": " + shortened(text, MOST_SHOWN);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
