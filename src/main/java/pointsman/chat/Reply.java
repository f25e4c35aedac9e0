package pointsman.chat;

import pointsman.tier.Decision;
import pointsman.upstream.AnswerPart;
import pointsman.upstream.Upstream;
import pointsman.usage.TokenUsage;

/// A part of an answer, with who gave it and why.
///
/// @param usage the tokens so far: as the upstream stated them, else as they are estimated
record Reply(Decision decision, Upstream upstream, AnswerPart part, TokenUsage usage) {
    /// The reply to a call that this part belongs to.
    static Reply to(Call call, Decision decision, Upstream upstream, AnswerPart part) {
        var estimate = TokenUsage.estimate(call.request().size(), part.characters());
        return new Reply(decision, upstream, part, part.usage().orElse(estimate));
    }
}
