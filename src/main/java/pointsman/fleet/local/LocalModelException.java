package pointsman.fleet.local;

/// A local model cannot be had: one clear message that names what is missing and what the user can do about it.
public final class LocalModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocalModelException(String message) {
        super(message);
    }

    LocalModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
