package pointsman.dialect.responses;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What an event of a response's stream is: the one place that looks at its type.
enum ResponseEvent {
    /// It brings more words or thoughts.
    SAYS,
    /// It brings more of a call's arguments.
    CALLS,
    /// The response is whole with it, complete or cut by a limit.
    ENDS,
    /// There is no answer, or no more of it.
    FAILS,
    /// It tells how far things have come, or is not known here.
    OTHER;

    private static final Set<String> WORDS = Set.of(
            "response.output_text.delta",
            "response.refusal.delta",
            "response.reasoning_summary_text.delta",
            "response.reasoning_text.delta");

    private static final Set<String> ARGUMENTS =
            Set.of("response.function_call_arguments.delta", "response.custom_tool_call_input.delta");

    /// What an event is. One without a type is none of OpenAI's, but may report an error as its other dialect
    /// does.
    static ResponseEvent of(JsonNode event) {
        return event.has("type") || !event.hasNonNull("error")
                ? of(event.path("type").asString(""))
                : FAILS;
    }

    /// Whether it brings a piece of the answer.
    boolean isPiece() {
        return this == SAYS || this == CALLS;
    }

    static ResponseEvent of(String type) {
        return switch (type) {
            case "response.completed", "response.incomplete" -> ENDS;
            case "response.failed", "error" -> FAILS;
            default -> WORDS.contains(type) ? SAYS : ARGUMENTS.contains(type) ? CALLS : OTHER;
        };
    }
}
