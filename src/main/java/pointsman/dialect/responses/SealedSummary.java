package pointsman.dialect.responses;

import java.util.Optional;

/// A summary of a conversation that a model of ours has written in OpenAI's stead. It stands where OpenAI
/// keeps what only itself can read, marked as what it is, and is no secret: it says what the conversation
/// said.
public final class SealedSummary {
    private static final String MARK = "pointsman-summary:";

    private SealedSummary() {}

    static String seal(String summary) {
        return MARK + summary;
    }

    /// What stands in a summary, if this gateway has written it.
    public static Optional<String> open(String sealed) {
        return sealed.startsWith(MARK) ? Optional.of(sealed.substring(MARK.length())) : Optional.empty();
    }

    /// A summary as the words of a user, which every model can read.
    public static String words(String summary) {
        return "This is a summary of the conversation so far, from which it goes on:\n\n" + summary;
    }
}
