package pointsman.http;

import java.time.Duration;
import java.util.Optional;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// The refusals of this room that more than one place needs.
final class HttpRefusals {
    private HttpRefusals() {}

    /// What stands in the body of a request is not as it must be.
    static FailureException badBody(String message) {
        return Failure.BadRequest.inField("body", message).asException();
    }

    /// The body is of a type, or packed in a way, that the route does not take.
    static FailureException unsupported(String message) {
        return new Failure.NoSuchRoute(415, "unsupported_media_type", message).asException();
    }

    /// The disk takes nothing more of an upload.
    static FailureException diskFull() {
        return new Failure.StorageFull("the upload").asException();
    }

    /// So much waits for the store and the tables already that nothing more may.
    static FailureException busy() {
        return new Failure.Refused(
                        503,
                        "overloaded",
                        "Too many requests for jobs and files wait already. Try again in some seconds.",
                        Optional.of(Duration.ofSeconds(5)))
                .asException();
    }
}
