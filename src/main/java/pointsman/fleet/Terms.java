package pointsman.fleet;

import java.time.Duration;
import java.util.function.Supplier;

/// On what terms a request is sent.
///
/// @param hasNext whether another model may answer when this one does not: then nobody is waited for long
/// @param left how much time there is still for all of it
/// @param heldWords about how many words are held back until they are safe, at least 1;
///     [Integer#MAX_VALUE] holds the whole answer
/// @param upWithin how long a local model that is starting is waited for
public record Terms(boolean hasNext, Supplier<Duration> left, int heldWords, Duration upWithin) {
    private static final Duration LONG = Duration.ofDays(1);

    /// For what nobody else may answer, in whatever time it takes.
    public static final Terms ALONE = new Terms(false, () -> LONG, 1, Duration.ZERO);
}
