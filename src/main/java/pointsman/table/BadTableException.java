package pointsman.table;

import java.io.IOException;
import java.io.Serial;

/// The input is no table, or one beyond the limits. The message is a sentence for the person who sent it: it
/// names the place (line, column) and, where a limit is met, the limit and the value; never the content of a
/// cell.
public final class BadTableException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    BadTableException(String message) {
        super(message);
    }

    BadTableException(String message, Throwable cause) {
        super(message, cause);
    }
}
