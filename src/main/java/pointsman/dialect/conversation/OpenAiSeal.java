package pointsman.dialect.conversation;

import java.util.Optional;

/// What OpenAI has sealed of a model's thoughts, and reads again where it is given back. Between two answers
/// it travels through clients of other dialects in the one place that those have for such a thing, a
/// thought's signature, marked as what it is: to every other maker it means nothing.
///
/// @param id of the item, which OpenAI compares; empty if it had none
public record OpenAiSeal(String id, String sealed) {
    private static final String MARK = "openai-reasoning:";

    /// The signature that stands for it.
    public String signature() {
        return MARK + id + ":" + sealed;
    }

    /// Whether a signature stands for such a thing.
    public static boolean is(String signature) {
        return signature.startsWith(MARK);
    }

    /// What a signature stands for, if it is one of these.
    public static Optional<OpenAiSeal> of(String signature) {
        var behind = signature.indexOf(':', MARK.length());
        return is(signature) && behind > 0
                ? Optional.of(
                        new OpenAiSeal(signature.substring(MARK.length(), behind), signature.substring(behind + 1)))
                : Optional.empty();
    }
}
