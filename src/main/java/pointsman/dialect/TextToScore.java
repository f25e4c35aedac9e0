package pointsman.dialect;

/// Which text of a conversation the router reads. A reader of any dialect feeds it the turns in their order.
///
/// It is what the user asked last: the last turn of the role `user` that holds text. A turn of fewer than
/// 80 characters ("and in French?", "go on") hardly says what is asked, so it is read after the last 1,000
/// characters of what the user said before it, which may have grown in the same way.
///
/// Everything else is left out, because the router was trained on questions that stand alone, and what
/// surrounds one drowns it (the first router, 600 questions of RouteLLM's MMLU, rank correlation with their
/// own scores): a system prompt of 28 characters in front leaves 0.98, of 300 characters 0.91, of 1,000
/// characters 0.76; a tool's result of 370 characters behind leaves 0.41. Leaving out what tools and models
/// said has a second merit: an agent stays with its tier from one user turn to the next, and so does the
/// upstream's prompt cache.
public final class TextToScore {
    private static final int SHORT = 80;
    private static final int BEFORE = 1000;

    private String asked = "";

    /// One turn more.
    ///
    /// @param role as the dialect names it; only `user` counts
    /// @param text the turn's text without tool results, empty if there is none
    public void turn(String role, String text) {
        if (role.equals("user") && !text.isBlank()) {
            asked = text.length() < SHORT && !asked.isEmpty() ? end(asked) + "\n" + text : text;
        }
    }

    /// The text, empty if no user said anything.
    @Override
    public String toString() {
        return asked;
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - BEFORE));
    }
}
