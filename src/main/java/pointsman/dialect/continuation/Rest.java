package pointsman.dialect.continuation;

import pointsman.dialect.answer.Told;
import pointsman.usage.TokenUsage;

/// The rest of an answer that broke off, as it is asked for.
///
/// @param told what the client has of it
/// @param isReplayed whether the same is asked again, and compared; else the rest is asked for
/// @param isJson whether the answer has to be JSON
/// @param tokens about how many tokens were said
/// @param earlier what the calls took that came before
public record Rest(Told told, boolean isReplayed, boolean isJson, int tokens, TokenUsage earlier) {
    /// The words so far.
    public String words() {
        return WordsJoint.words(told.answer());
    }
}
