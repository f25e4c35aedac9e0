package pointsman.job;

import java.time.Duration;
import java.util.Locale;

/// A job as it is stored.
///
/// @param id `job_...` or `batch_...`
/// @param kind what it is made of
/// @param tenant whose it is
/// @param spec what was asked for, as JSON
/// @param state where it stands
/// @param createdAt seconds since 1970
/// @param startedAt seconds since 1970; 0 before it is planned
/// @param cancellingAt seconds since 1970; 0 while nobody has asked it to stop
/// @param finalizingAt seconds since 1970; 0 while its results are not being written
/// @param finishedAt seconds since 1970; 0 while it is not over
/// @param age how long it has been worked on
/// @param items rows, or requests; 0 while nobody has counted them
/// @param scored those of them that the router has read, before they are planned
/// @param forecast what it was planned to cost, as JSON; empty before
/// @param failure why it ended early, as JSON; empty if it did not
public record Job(
        String id,
        Kind kind,
        String tenant,
        String spec,
        JobState state,
        long createdAt,
        long startedAt,
        long cancellingAt,
        long finalizingAt,
        long finishedAt,
        Duration age,
        int items,
        int scored,
        String forecast,
        String failure) {
    /// What a job is made of.
    public enum Kind {
        /// The rows of a table.
        TABLE("table job", "job_"),
        /// A file of requests, as OpenAI's batches have it.
        BATCH("batch", "batch_");

        private final String word;
        private final String prefix;

        Kind(String word, String prefix) {
            this.word = word;
            this.prefix = prefix;
        }

        /// The word for people, and for codes of failures.
        String word() {
            return word;
        }

        public String newId() {
            return prefix + Ids.at(System.currentTimeMillis());
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
