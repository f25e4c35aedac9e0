package pointsman.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

/// How many tokens a model makes of a text. Safe for use by several threads.
///
/// The counts are weights: they steer the choice of a plan and the prediction of a bill. Which beginnings are
/// equal, the part that must be exact, does not depend on them.
@FunctionalInterface
public interface TokenCounter {
    /// The number of tokens of the text, 0 or more.
    int count(String text);

    /// OpenAI's `o200k_base` vocabulary; texts that look like control tokens are counted as plain text.
    static TokenCounter o200k() {
        return new O200k();
    }

    /// A token for every four bytes of UTF-8, rounded up: needs no vocabulary.
    static TokenCounter bytes() {
        return text -> Math.ceilDiv(text.getBytes(UTF_8).length, 4);
    }
}
