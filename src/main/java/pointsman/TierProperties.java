package pointsman;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import pointsman.tier.TierPolicy;

/// `pointsman.tier`. It stands here because the room `tier` knows no framework.
///
/// @param threshold of tenants that have none of their own, in [0, 1]
/// @param aliases further names that a client may ask for -> `auto`, a tier, or a concrete model
@ConfigurationProperties(prefix = "pointsman.tier", ignoreUnknownFields = false)
record TierProperties(double threshold, @DefaultValue Map<String, String> aliases) {
    TierProperties {
        aliases = Map.copyOf(aliases);
        new TierPolicy.Threshold(threshold);
    }

    TierPolicy policy() {
        return new TierPolicy.Threshold(threshold);
    }
}
