package pointsman.table;

import java.io.IOException;
import java.io.Serial;

/// A table fits, but not beside those that others hold now. Trying again later helps.
public final class CrowdedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    CrowdedException(long most) {
        super("other tables take most of the %,d MiB that tables may have together".formatted(most >> 20));
    }
}
