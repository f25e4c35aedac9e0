package pointsman.score;

import java.io.Serial;

/// The router's artefacts cannot be used; the message names the file and the reason.
public final class RouterModelException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    RouterModelException(String message) {
        super(message);
    }

    RouterModelException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
