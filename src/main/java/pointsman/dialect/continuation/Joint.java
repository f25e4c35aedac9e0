package pointsman.dialect.continuation;

import java.util.function.Consumer;
import pointsman.dialect.answer.AnswerEvent;

/// Joins the steps of a continuation to an answer that broke off.
public sealed interface Joint permits WordsJoint, ReplayJoint {
    /// Takes the next step of the continuation.
    ///
    /// @param next takes what of it is new to the client
    /// @return whether it fits to what was told; if not, the rest is worth nothing
    boolean take(AnswerEvent step, Consumer<AnswerEvent> next);
}
