package pointsman.fleet;

import java.util.Locale;

/// Who asks an upstream: whose failures are counted together.
///
/// @param tenant its id
/// @param work what it asks for
public record Caller(String tenant, Work work) {
    /// Requests that somebody waits for, and those of jobs, which may wait.
    public enum Work {
        CHAT,
        JOB;

        /// Its name in meters.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
