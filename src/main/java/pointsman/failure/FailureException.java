package pointsman.failure;

import org.jspecify.annotations.Nullable;

/// Carries a [Failure] as an error signal. It has no stack trace: an expected ending is not a bug.
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    FailureException(Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause, false, false);
        this.failure = failure;
    }

    /// The ending that this exception carries.
    public Failure failure() {
        return failure;
    }
}
