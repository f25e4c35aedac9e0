package pointsman.job;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import pointsman.fleet.ApiKey;

/// `pointsman.batch`: where jobs are kept, and their limits.
///
/// @param dataDirectory of uploads and of the embedded store
/// @param store where jobs are kept
/// @param cacheRules a list of providers' cache rules in the place of the packaged one; empty: the packaged one
/// @param providers which rule each upstream follows
/// @param limits of what is accepted
/// @param lanes how many run at once
/// @param pace how lanes behave when an upstream refuses
/// @param beat how often a replica shows that it lives
/// @param lease after how much silence of a replica others take its lanes
/// @param maxAge how long a job may run before what is open expires
@ConfigurationProperties("pointsman.batch")
public record JobProperties(
        Path dataDirectory,
        Store store,
        String cacheRules,
        Providers providers,
        Limits limits,
        Lanes lanes,
        Pace pace,
        Duration beat,
        Duration lease,
        Duration maxAge) {
    public JobProperties {
        positive("beat", beat);
        positive("max-age", maxAge);
        if (lease.compareTo(beat.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "lease: must be at least three beats of %s, was %s".formatted(beat, lease));
        }
    }

    /// @param jdbcUrl of PostgreSQL; empty: SQLite in the data directory
    /// @param username for PostgreSQL
    /// @param password for PostgreSQL
    /// @param connections to PostgreSQL
    record Store(String jdbcUrl, String username, ApiKey password, int connections) {
        Store {
            within("connections", connections, 1, 1_000);
            if (!jdbcUrl.isEmpty() && !jdbcUrl.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "jdbc-url: must be empty or begin with jdbc:postgresql:, was '%s'".formatted(jdbcUrl));
            }
        }
    }

    /// The cache rules that the upstreams follow.
    ///
    /// @param small the name of a cache rule; `auto`: by the upstream's host
    /// @param large the same
    public record Providers(String small, String large) {
        /// What an upstream is said to follow. Prompts for embeddings are not cached by anybody.
        public String of(String upstream) {
            return switch (upstream) {
                case "small" -> small;
                case "large" -> large;
                default -> "none";
            };
        }
    }

    /// How much of everything may be.
    ///
    /// @param upload bytes of a table or a file of requests
    /// @param form bytes of everything else in a request
    /// @param uploadTimeout for the client to send it
    /// @param prompts characters of all prompts of a table job's instruction together
    /// @param rows of a table, or requests of a file
    /// @param columns of a table
    /// @param cell bytes of one
    /// @param unpacked bytes of a table once it is unpacked, whether they hold cells or not
    /// @param memoryPercent of the heap, for all tables that are held at the same time and their plans
    /// @param tenantPercent of that, for one tenant where there are several
    /// @param unread how long a client may take nothing of the results that it asked for
    /// @param jobs that one tenant may have running
    /// @param files that one tenant may keep
    /// @param dryRunRows that a dry run scores with the router before it goes by the share of these
    public record Limits(
            DataSize upload,
            DataSize form,
            Duration uploadTimeout,
            DataSize prompts,
            int rows,
            int columns,
            DataSize cell,
            DataSize unpacked,
            int memoryPercent,
            int tenantPercent,
            Duration unread,
            int jobs,
            int files,
            int dryRunRows) {
        public Limits {
            within("upload", upload.toBytes(), 1_024, Integer.MAX_VALUE);
            within("form", form.toBytes(), 1_024, 64L << 20);
            positive("upload-timeout", uploadTimeout);
            within("prompts", prompts.toBytes(), 1_024, 64L << 30);
            within("rows", rows, 1, 1_000_000);
            within("columns", columns, 1, 10_000);
            within("cell", cell.toBytes(), 16, 256L << 20);
            within("unpacked", unpacked.toBytes(), 1_024, 64L << 30);
            within("memory-percent", memoryPercent, 1, 80);
            within("tenant-percent", tenantPercent, 1, 100);
            positive("unread", unread);
            within("jobs", jobs, 1, 10_000);
            within("files", files, 1, 1_000_000);
            within("dry-run-rows", dryRunRows, 1, 100_000);
        }
    }

    /// How many lanes there may be.
    ///
    /// @param remote lanes of all jobs at once, per upstream that is a server
    /// @param most lanes that one job may ask for
    public record Lanes(int remote, int most) {
        public Lanes {
            within("remote", remote, 1, 10_000);
            within("most", most, 1, 10_000);
        }
    }

    /// @param firstPause after a refusal that states no time of its own, doubled each time up to longestPause
    /// @param longestPause between two attempts
    /// @param patience how long a question is kept while its upstream cannot be asked; then it fails
    record Pace(Duration firstPause, Duration longestPause, Duration patience) {
        Pace {
            positive("first-pause", firstPause);
            positive("longest-pause", longestPause);
            positive("patience", patience);
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s: must be longer than nothing, was %s".formatted(name, value));
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }
}
