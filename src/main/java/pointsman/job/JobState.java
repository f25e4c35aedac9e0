package pointsman.job;

import java.util.Locale;

/// Where a job stands.
public enum JobState {
    /// Accepted and durable; not planned yet.
    QUEUED,
    /// Its lanes are sent.
    RUNNING,
    /// Somebody cancelled it, or its money is used up; answers that are under way still come in.
    CANCELLING,
    /// Every item has an answer or an error.
    COMPLETED,
    /// It could not be planned, or could not go on. What was answered stays.
    FAILED,
    /// It was cancelled. What was answered stays.
    CANCELLED,
    /// It took longer than it may. What was answered stays.
    EXPIRED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    public boolean isOver() {
        return switch (this) {
            case QUEUED, RUNNING, CANCELLING -> false;
            case COMPLETED, FAILED, CANCELLED, EXPIRED -> true;
        };
    }
}
