package pointsman.failure;

import org.jspecify.annotations.Nullable;

/// Where a bug happened, and nothing of what it happened to: the words of an exception often repeat what
/// could not be read, and Reactor adds the request's path and query to its trace. Either may hold a prompt
/// or a key.
public final class BareError extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 8;

    private BareError(Throwable origin, @Nullable BareError cause) {
        super(origin.getClass().getName(), cause, false, true);
        setStackTrace(origin.getStackTrace());
    }

    /// The same error, bare.
    public static BareError of(Throwable error) {
        return new BareError(error, causeOf(error, 0));
    }

    private static @Nullable BareError causeOf(Throwable error, int depth) {
        var cause = error.getCause();
        return cause == null || depth == DEEPEST ? null : new BareError(cause, causeOf(cause, depth + 1));
    }
}
