package pointsman.access;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import pointsman.score.Calibrations;

/// `pointsman.tier`: the policy of tenants that state none, and further names of models.
///
/// @param threshold of tenants that have none of their own, in [0, 1]; it counts where no max-quality-drop
///     stands
/// @param maxQualityDrop in its place: how much quality may be lost, such as `1%`; empty: the threshold
///     counts
/// @param calibration whose pair is scored, by its name under `pointsman.router.calibrations`; empty: the
///     router's pair
/// @param aliases further names that a client may ask for -> `auto`, a tier, or a concrete model
@ConfigurationProperties("pointsman.tier")
public record TierProperties(
        double threshold,
        String maxQualityDrop,
        String calibration,
        @DefaultValue Map<String, String> aliases) {
    public TierProperties {
        aliases = Map.copyOf(aliases);
        new TierPolicy.Threshold(threshold);
    }

    public Policies policies(Calibrations calibrations) {
        try {
            return new Policies(calibrations, calibration);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("pointsman.tier." + wrong.getMessage(), wrong);
        }
    }

    public TierPolicy policy(Policies policies) {
        try {
            return maxQualityDrop.isEmpty()
                    ? policies.threshold(List.of(threshold), null)
                    : policies.maxQualityDrop(maxQualityDrop, null);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("pointsman.tier." + wrong.getMessage(), wrong);
        }
    }
}
