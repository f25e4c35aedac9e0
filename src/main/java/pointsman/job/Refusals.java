package pointsman.job;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.table.BadTableException;
import pointsman.table.CrowdedException;

/// The refusals of this room that more than one place needs.
public final class Refusals {
    private Refusals() {}

    /// Nothing of this kind has this id, or it is another tenant's, which must look the same.
    public static FailureException noSuch(String kind, String id) {
        return new Failure.Refused(
                        404, kind.replace(' ', '_') + "_not_found", "There is no %s '%s'.".formatted(kind, id))
                .asException();
    }

    /// PostgreSQL does not even compare texts with a NUL in them.
    public static void requirePossible(String kind, String id) {
        if (id.indexOf('\0') >= 0) {
            throw noSuch(kind, id);
        }
    }

    /// What is asked does not go together with what there is.
    public static FailureException conflict(String code, String message) {
        return new Failure.Refused(409, code, message).asException();
    }

    /// What was sent as a table is none, or one beyond a limit.
    public static FailureException badTable(String message) {
        return new Failure.BadRequest("invalid_table", message, Optional.of("table")).asException();
    }

    /// Why a table could not be read.
    public static FailureException unread(IOException e) {
        return switch (e) {
            case BadTableException bad -> badTable(String.valueOf(bad.getMessage()));
            case CrowdedException crowded -> crowded(String.valueOf(crowded.getMessage()));
            // A job that is stopped meanwhile is read again when the gateway runs again.
            case InterruptedIOException _, ClosedByInterruptException _ ->
                crowded("the reading of the table was stopped");
            default -> badTable("the table cannot be read");
        };
    }

    /// A table or a file fits, but not beside what is held now.
    public static FailureException crowded(String message) {
        return new Failure.Refused(
                        503,
                        "overloaded",
                        "There is no room now: %s (pointsman.batch.limits.memory-percent).".formatted(message),
                        Optional.of(Duration.ofSeconds(5)))
                .asException();
    }

    /// A file is there, but the disk does not give it now.
    public static FailureException unreadable() {
        return new Failure.Refused(503, "file_unreadable", "The input file cannot be read now.").asException();
    }

    /// Refuses a text that no store can hold.
    ///
    /// @param field where it stands
    public static void requireStorable(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw Failure.BadRequest.inField(field, "'%s' holds a NUL character.".formatted(field))
                    .asException();
        }
    }

    /// Whether trying again later helps.
    public static boolean passes(Failure failure) {
        return failure instanceof Failure.StorageFull
                || (failure instanceof Failure.Refused refused && refused.status() == 503);
    }
}
