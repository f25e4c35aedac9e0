package pointsman.dialect;

import java.util.ArrayList;
import java.util.List;
import pointsman.dialect.wire.Span;

/// Which stretches of a JSON list must go for some of its elements to go, and the commas with them.
final class ListCut {
    private static final int NONE = -1;

    private final List<Span> cuts = new ArrayList<>();
    private int lastKeptEnd = NONE;
    private int goingStart = NONE;
    private int goingEnd = NONE;

    /// Takes the next element.
    ///
    /// @param at where it stands
    void element(Span at, boolean goes) {
        if (goes) {
            goingStart = goingStart == NONE ? at.start() : goingStart;
            goingEnd = at.end();
            return;
        }
        if (goingStart != NONE) {
            cuts.add(new Span(goingStart, at.start()));
            goingStart = NONE;
        }
        lastKeptEnd = at.end();
    }

    /// Whether every element of the list must go, of which there is one at least.
    boolean isWhole() {
        return lastKeptEnd == NONE && goingStart != NONE;
    }

    /// The list is at its end.
    ///
    /// @return what must go
    List<Span> end() {
        if (goingStart != NONE) {
            cuts.add(new Span(lastKeptEnd == NONE ? goingStart : lastKeptEnd, goingEnd));
        }
        return cuts;
    }
}
