package pointsman.dialect.continuation;

import java.util.List;
import java.util.function.Consumer;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Piece;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;

/// Joins an answer to the same question, asked again: what was told is swallowed as it is said once more, and
/// what follows is new. As soon as something else is said, it does not fit. So also a call of a tool goes on
/// whose arguments broke off, and what comes out is one answer's whole.
public final class ReplayJoint implements Joint {
    private final List<Piece> told;
    private final boolean isOpen;
    private int place = -1;
    private Replay replay = new Replay("");

    /// @param told what the client has of the answer
    public ReplayJoint(Answer told) {
        this.told = List.copyOf(told.pieces());
        this.isOpen = told.isOpen();
    }

    @Override
    public boolean take(AnswerEvent step, Consumer<AnswerEvent> next) {
        if (step instanceof AnswerEvent.Begun) {
            return true;
        }
        if (step instanceof Opened) {
            place++;
        }
        if (place >= told.size()) {
            next.accept(step);
            return true;
        }
        return switch (step) {
            case Opened(var kind) -> opens(kind);
            case Delta(var text) -> says(text, next);
            case Closed _ -> closes(next);
            case AnswerEvent.Begun _, AnswerEvent.Signed _ -> true;
            case AnswerEvent.Finished _ -> isAllToldAgain() && passes(step, next);
        };
    }

    private static boolean passes(AnswerEvent step, Consumer<AnswerEvent> next) {
        next.accept(step);
        return true;
    }

    private boolean opens(Kind kind) {
        replay = new Replay(told.get(place).text());
        return isAlike(told.get(place).kind(), kind);
    }

    private static boolean isAlike(Kind before, Kind now) {
        return before instanceof Kind.Call called
                ? now instanceof Kind.Call calls && called.name().equals(calls.name())
                : before.equals(now);
    }

    private boolean says(String text, Consumer<AnswerEvent> next) {
        var more = replay.next(text);
        more.filter(some -> !some.isEmpty()).ifPresent(some -> next.accept(new Delta(some)));
        return more.isPresent() && (more.get().isEmpty() || isStillOpen());
    }

    private boolean closes(Consumer<AnswerEvent> next) {
        if (replay.isOver() && isStillOpen()) {
            next.accept(new Closed());
        }
        return replay.isOver();
    }

    private boolean isStillOpen() {
        return isOpen && place == told.size() - 1;
    }

    private boolean isAllToldAgain() {
        return place == told.size() - 1 && replay.isOver();
    }
}
