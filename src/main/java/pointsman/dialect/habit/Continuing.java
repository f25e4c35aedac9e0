package pointsman.dialect.habit;

import java.util.Locale;

/// How a provider is told to go on with an answer that a model has begun.
enum Continuing {
    /// Not at all; it is asked in words.
    NO,
    /// The last message is the assistant's.
    TRAILING,
    /// The same, but its text must not end in white space.
    TRAILING_TRIMMED,
    /// The last message is the assistant's and says `prefix: true`.
    PREFIX,
    /// The last message is the assistant's, and the request says `continue_final_message: true`.
    CONTINUE_FINAL_MESSAGE;

    /// @throws IllegalArgumentException if there is none of this name
    static Continuing named(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("nobody continues an answer by '%s'".formatted(name));
        }
    }
}
