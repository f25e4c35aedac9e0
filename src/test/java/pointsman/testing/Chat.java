package pointsman.testing;

/// Bodies of chat requests. The prompt may name a mode of the [FakeUpstream].
public final class Chat {
    /// A prompt that any router should call easy, and one that it should not.
    public static final String EASY = "Hi! How are you?",
            HARD = "Find all positive integers n such that n^2 + 1 divides n! and prove that the list is complete.";

    private Chat() {}

    /// A request for a whole answer by `model`.
    public static String ask(String model, String prompt) {
        return "{\"model\":" + Completions.quoted(model) + ",\"messages\":[{\"role\":\"user\",\"content\":"
                + Completions.quoted(prompt) + "}]}";
    }

    /// A request for a stream, without its usage.
    public static String stream(String model, String prompt) {
        return with(ask(model, prompt), "\"stream\":true");
    }

    /// `body` with one more field at its end.
    public static String with(String body, String field) {
        return body.substring(0, body.length() - 1) + "," + field + "}";
    }

    /// The prompt that picks a mode.
    public static String mode(String name) {
        return "[[mode:" + name + "]] hello";
    }
}
