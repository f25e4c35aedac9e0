package pointsman.testing;

import java.util.List;

/// What a fake provider answers, whatever its wire format.
sealed interface Said {
    /// Plain text.
    record Text(String text) implements Said {}

    /// Calls of tools, side by side.
    record Calls(List<ToolCall> calls) implements Said {}

    /// One call of a tool.
    ///
    /// @param arguments a JSON object; of a custom tool a text
    record ToolCall(String id, String name, String arguments, boolean isCustom) {
        ToolCall(String id, String name, String arguments) {
            this(id, name, arguments, false);
        }
    }

    /// The two calls that `[[mode:tool-calls]]` makes.
    static Said weatherOfTwoCities() {
        return new Calls(List.of(
                new ToolCall("call_1", "weather", "{\"city\":\"Paris\"}"),
                new ToolCall("call_2", "weather", "{\"city\":\"Rome\"}")));
    }
}
