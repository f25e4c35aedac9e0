package pointsman.fleet.local;

import java.io.IOException;

/// A source did not give the file. The message says why in a few words; trying again would give the same.
class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    FetchException(String message) {
        super(message);
    }

    /// The disk does not take the file: no other source can help.
    static final class CannotStore extends FetchException {
        private static final long serialVersionUID = 1L;

        CannotStore(String message) {
            super(message);
        }
    }
}
