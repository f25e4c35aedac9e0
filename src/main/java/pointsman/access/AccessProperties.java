package pointsman.access;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import pointsman.tier.Policies;
import pointsman.tier.Tier;
import pointsman.tier.TierPolicy;

/// `pointsman.access`: the tenants.
///
/// @param tenants nobody: one local tenant without a key
@ConfigurationProperties(prefix = "pointsman.access", ignoreUnknownFields = false)
public record AccessProperties(@DefaultValue List<Entry> tenants) {
    public AccessProperties {
        tenants = List.copyOf(tenants);
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

    /// One tenant as it is configured.
    ///
    /// @param id lower-case letters, digits, `-`, `_` and `.`; at most 64
    /// @param keyHashes at least one, as `pointsman.jar key` prints them
    /// @param threshold its own threshold, if it has one
    /// @param maxQualityDrop in place of a threshold: how much quality it may lose, such as `1%`
    /// @param calibration whose pair its prompts are scored for; unset: that of `pointsman.tier.calibration`
    /// @param tier the tier that it is pinned to, if it is
    /// @param models the names that it may call; empty: every one
    public record Entry(
            @DefaultValue("") String id,
            @DefaultValue List<String> keyHashes,
            @Nullable Double threshold,
            @Nullable String maxQualityDrop,
            @Nullable String calibration,
            @Nullable Tier tier,
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
            keyHashes.forEach(KeyHash::new);
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

        TierPolicy policy(TierPolicy standard, Policies policies) {
            try {
                return tier != null ? new TierPolicy.Fixed(tier) : scoring(standard, policies);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "pointsman.access.tenants, %s: %s".formatted(id, wrong.getMessage()), wrong);
            }
        }

        private TierPolicy scoring(TierPolicy standard, Policies policies) {
            if (maxQualityDrop != null) {
                return policies.maxQualityDrop(maxQualityDrop, calibration);
            }
            return threshold == null ? standard : policies.threshold(threshold, calibration);
        }
    }
}
