package pointsman.fleet;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// On what terms a request is sent.
///
/// @param hasNext whether another model may answer when this one does not: then nobody is waited for long
/// @param left how much time there is still for all of it
/// @param heldWords about how many words are held back until they are safe, at least 1;
///     [Integer#MAX_VALUE] holds the whole answer
/// @param upWithin how long a local model that is starting is waited for
/// @param isHedged whether another deployment may be asked beside one whose first word is late
/// @param lost takes the deployment that was asked for nothing, for another one spoke first
public record Terms(
        boolean hasNext,
        Supplier<Duration> left,
        int heldWords,
        Duration upWithin,
        boolean isHedged,
        Consumer<Deployment> lost) {
    private static final Duration LONG = Duration.ofDays(1);

    /// For what nobody else may answer, in whatever time it takes.
    public static final Terms ALONE = within(() -> LONG);

    /// For what nobody else may answer in the time that is left.
    public static Terms within(Supplier<Duration> left) {
        return new Terms(false, left, 1, Duration.ZERO, false, _ -> {});
    }

    /// The same where another model may answer, or not.
    public Terms withNext(boolean is) {
        return new Terms(is, left, heldWords, upWithin, isHedged, lost);
    }

    /// The same for a model that is waited for while it starts.
    public Terms up(Duration within) {
        return new Terms(hasNext, left, heldWords, within, isHedged, lost);
    }

    /// The same where so many words are held back.
    public Terms holding(int words) {
        return new Terms(hasNext, left, words, upWithin, isHedged, lost);
    }

    /// The same where another deployment may be asked beside one that is late.
    ///
    /// @param loser takes the one that did not speak first
    public Terms hedged(Consumer<Deployment> loser) {
        return new Terms(hasNext, left, heldWords, upWithin, true, loser);
    }
}
