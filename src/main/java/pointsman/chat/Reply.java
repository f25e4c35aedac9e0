package pointsman.chat;

import pointsman.fleet.AnswerPart;
import pointsman.fleet.Model;
import pointsman.route.Grounds;
import pointsman.usage.TokenUsage;

/// A part of an answer, with who gave it and why.
///
/// @param usage the tokens so far: as the upstream stated them, else as they are estimated
record Reply(Grounds grounds, Model upstream, AnswerPart part, TokenUsage usage) {
    /// The reply to a call that this part belongs to.
    static Reply to(Call call, Grounds grounds, Model upstream, AnswerPart part) {
        var estimate = TokenUsage.estimate(call.request().size(), part.characters());
        return new Reply(grounds, upstream, part, part.usage().orElse(estimate));
    }

    /// Whether this part is all of a buffered answer.
    boolean isWhole() {
        return part instanceof AnswerPart.Whole;
    }
}
