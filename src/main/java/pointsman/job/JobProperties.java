package pointsman.job;

import static pointsman.job.Bounds.positive;
import static pointsman.job.Bounds.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import pointsman.fleet.ApiKey;

/// `pointsman.batch`: where jobs are kept and how they are sent. What they may be is in [RequestProperties]
/// and [TableProperties], how replicas share them in [ReplicaProperties].
///
/// @param dataDirectory of uploads and of the embedded store
/// @param store where jobs are kept
/// @param cacheRules a list of providers' cache rules in the place of the packaged one; empty: the packaged
///     one
/// @param providers which rule each model's provider follows, by the model's name: the name of a rule, or
///     `auto`: by
/// the
///     host, as all do that are not named
/// @param lanes how many run at once
/// @param pace how lanes behave when an upstream refuses
@ConfigurationProperties("pointsman.batch")
public record JobProperties(
        Path dataDirectory, Store store, String cacheRules, Map<String, String> providers, Lanes lanes, Pace pace) {
    public JobProperties {
        providers = Map.copyOf(providers);
    }

    /// The database.
    ///
    /// @param jdbcUrl of PostgreSQL; empty: SQLite in the data directory
    /// @param username for PostgreSQL
    /// @param password for PostgreSQL
    /// @param connections to PostgreSQL
    public record Store(String jdbcUrl, String username, ApiKey password, int connections) {
        public Store {
            within("connections", connections, 1, 1_000);
            if (!jdbcUrl.isEmpty() && !jdbcUrl.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "jdbc-url: must be empty or begin with jdbc:postgresql:, was '%s'".formatted(jdbcUrl));
            }
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

    /// How lanes behave when an upstream refuses.
    ///
    /// @param firstPause after a refusal that states no time of its own, doubled each time up to
    ///     longestPause
    /// @param longestPause between two attempts
    /// @param patience how long a question is kept while its upstream cannot be asked; then it fails
    public record Pace(Duration firstPause, Duration longestPause, Duration patience) {
        public Pace {
            positive("first-pause", firstPause);
            positive("longest-pause", longestPause);
            positive("patience", patience);
        }
    }
}
