package pointsman.access;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `pointsman.access`: who may come in, and how much of a connection and of memory one may take before it
/// is known who.
///
/// @param tenants nobody: one local tenant without a key
/// @param hosts names besides loopback's that a gateway without tenants may be called by
/// @param origins of web pages that may use a gateway without tenants
/// @param bodies what the bodies of requests may take
/// @param connections what a connection may take
@ConfigurationProperties("pointsman.access")
public record AccessProperties(
        @DefaultValue List<Entry> tenants,
        @DefaultValue List<String> hosts,
        @DefaultValue List<String> origins,
        @DefaultValue Bodies bodies,
        @DefaultValue Connections connections) {
    @ConstructorBinding
    public AccessProperties {
        tenants = List.copyOf(tenants);
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
        var ids = new HashSet<String>();
        var hashes = new HashSet<String>();
        for (var entry : tenants) {
            if (!ids.add(entry.id())) {
                throw new IllegalArgumentException("tenants: the id '%s' stands twice".formatted(entry.id()));
            }
            if (!entry.keyHashes().stream().allMatch(hashes::add)) {
                throw new IllegalArgumentException("tenants: a key hash of '%s' stands twice".formatted(entry.id()));
            }
        }
    }

    /// Tenants, and everything else as it is by default.
    public AccessProperties(List<Entry> tenants) {
        this(
                tenants,
                List.of(),
                List.of(),
                new Bodies(50, 50, 1_000_000),
                new Connections(Duration.ofSeconds(10), 100, 8192, Duration.ofSeconds(2)));
    }

    /// What the bodies of requests may take.
    ///
    /// @param memoryPercent of the heap, for all bodies at once and whatever is made of them
    /// @param tenantPercent of that, for one tenant where there are several
    /// @param maxNodes values and names in the JSON of a request to a model
    public record Bodies(
            @DefaultValue("50") int memoryPercent,
            @DefaultValue("50") int tenantPercent,
            @DefaultValue("1000000") int maxNodes) {
        public Bodies {
            within("bodies.memory-percent", memoryPercent, 1, 90);
            within("bodies.tenant-percent", tenantPercent, 1, 100);
            within("bodies.max-nodes", maxNodes, 100, 100_000_000);
        }
    }

    /// What a connection may take.
    ///
    /// @param headTimeout for the whole head of a request to come
    /// @param maxHeaders of a request
    /// @param maxWaiting idle connections on which no request has come through the door yet, or whose last
    ///     was refused
    /// @param drain how long the rest of a body that was refused is read, so that its sender reads the
    ///     answer
    public record Connections(
            @DefaultValue("10s") Duration headTimeout,
            @DefaultValue("100") int maxHeaders,
            @DefaultValue("8192") int maxWaiting,
            @DefaultValue("2s") Duration drain) {
        public Connections {
            within("connections.head-timeout", headTimeout.toMillis(), 1, 3_600_000);
            within("connections.max-headers", maxHeaders, 10, 10_000);
            within("connections.max-waiting", maxWaiting, 1, 1_000_000);
            within("connections.drain", drain.toMillis(), 1, 600_000);
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }

    /// One tenant as it is configured.
    ///
    /// @param id lower-case letters, digits, `-`, `_` and `.`; at most 64
    /// @param keyHashes at least one, as `pointsman.jar key` prints them
    /// @param threshold its own threshold, if it has one
    /// @param maxQualityDrop in place of a threshold: how much quality it may lose, such as `1%`
    /// @param calibration whose pair its prompts are scored for; unset: that of
    ///     `pointsman.tier.calibration`
    /// @param tier the model that it is pinned to, if it is: a rung by its name, `small` or `large`
    /// @param models the names that it may call; empty: every one
    public record Entry(
            @DefaultValue("") String id,
            @DefaultValue List<String> keyHashes,
            @Nullable Double threshold,
            @Nullable String maxQualityDrop,
            @Nullable String calibration,
            @Nullable String tier,
            @DefaultValue Set<String> models) {
        private static final Pattern ID = Pattern.compile("[a-z0-9._-]{1,64}");

        public Entry {
            keyHashes = List.copyOf(keyHashes);
            models = Set.copyOf(models);
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "id: must be 1 to 64 of a-z, 0-9, '.', '_', '-', was '%s'".formatted(id));
            }
            if (keyHashes.isEmpty()) {
                throw new IllegalArgumentException(
                        "key-hashes: must name at least one hash (make one with `pointsman.jar key`)");
            }
            keyHashes.forEach(KeyHash::parse);
            if (Stream.of(threshold, maxQualityDrop, tier)
                            .filter(Objects::nonNull)
                            .count()
                    > 1) {
                throw new IllegalArgumentException(
                        "tier: cannot stand beside a threshold or a max-quality-drop; leave all but one of them out");
            }
            if (threshold != null) {
                new TierPolicy.Threshold(threshold);
            }
            if (calibration != null && threshold == null && maxQualityDrop == null) {
                throw new IllegalArgumentException("calibration: needs a threshold or a max-quality-drop beside it");
            }
        }

        /// Its own policy, if it states one.
        Optional<TierPolicy> policy(Policies policies) {
            try {
                return tier != null ? Optional.of(new TierPolicy.Pinned(tier)) : scoring(policies);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "pointsman.access.tenants, %s: %s".formatted(id, wrong.getMessage()), wrong);
            }
        }

        private Optional<TierPolicy> scoring(Policies policies) {
            if (maxQualityDrop != null) {
                return Optional.of(policies.maxQualityDrop(maxQualityDrop, calibration));
            }
            return Optional.ofNullable(threshold).map(own -> policies.threshold(List.of(own), calibration));
        }
    }
}
