package pointsman.command;

import java.io.Serial;

/// A line of the input is not what it must be; the message begins with its number and never quotes the prompt.
public final class MalformedLineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    MalformedLineException(long line, String problem) {
        super("line %d: %s".formatted(line, problem));
    }
}
