package pointsman.route;

import java.util.OptionalLong;
import pointsman.dialect.ModelRequest;
import pointsman.fleet.Model;
import pointsman.usage.TokenUsage;

/// What one call will cost, before it is made: its prompt at four bytes a token, and an answer of usual
/// length. A rung that is cheap by the list may be dear for this call: a low price of the answer does not
/// help a long prompt.
final class ExpectedCost {
    /// The mean of chats is some 200 to 400 tokens.
    private static final long ANSWER_TOKENS = 300;

    private ExpectedCost() {}

    /// Whether a call costs at one model no more than at another. What has no price is where the ladder
    /// says it is.
    ///
    /// @param cheaper the one that stands first in the ladder
    static boolean isAtMost(Model cheaper, Model dearer, ModelRequest request) {
        var one = at(cheaper, request);
        var other = at(dearer, request);
        return one.isEmpty() || other.isEmpty() || one.getAsLong() <= other.getAsLong();
    }

    /// In micro-dollars, if the price is known.
    static OptionalLong at(Model model, ModelRequest request) {
        return model.price().cost(TokenUsage.estimate(request.size(), ANSWER_TOKENS * 4));
    }
}
