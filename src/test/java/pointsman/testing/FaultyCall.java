package pointsman.testing;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// A call that reached a [FaultyUpstream].
///
/// @param at when it came, since the upstream last changed its ways
/// @param call what came, and how it ended
public record FaultyCall(Duration at, Call call) {
    public String path() {
        return call.path();
    }

    public JsonNode json() {
        return call.json();
    }

    /// Whether it is over, one way or the other, within so long.
    public boolean isOver(Duration patience) throws InterruptedException {
        try {
            call.awaitEnding(patience);
            return true;
        } catch (AssertionError _) {
            return false;
        }
    }

    /// Whether the caller left before the answer was whole.
    public boolean wasCancelled() throws InterruptedException {
        return call.hasEnded() && call.awaitEnding(Duration.ofSeconds(1)) == Call.Ending.CALLER_GONE;
    }
}
