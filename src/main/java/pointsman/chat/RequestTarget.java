package pointsman.chat;

import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import pointsman.access.Policies;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.failure.Failure;

/// The target that a client sets for one request of its own, in a header: a threshold, or how much quality
/// may be lost at most. It counts within what its tenant allows.
///
/// @param policies make one of what the header says
record RequestTarget(Policies policies) {
    static final String THRESHOLD = "x-pointsman-threshold";
    static final String MAX_QUALITY_DROP = "x-pointsman-max-quality-drop";

    /// The tenant as this request is routed.
    ///
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] if the header is none, or a
    ///     [Failure.Refused] if the tenant does not allow it
    Tenant of(Tenant tenant, HttpHeaders headers) {
        var threshold = Optional.ofNullable(headers.getFirst(THRESHOLD));
        var drop = Optional.ofNullable(headers.getFirst(MAX_QUALITY_DROP));
        if (threshold.isPresent() && drop.isPresent()) {
            throw invalid(MAX_QUALITY_DROP, "cannot stand beside " + THRESHOLD);
        }
        return threshold
                .map(text -> policy(THRESHOLD, () -> new TierPolicy.Threshold(number(text))))
                .or(() -> drop.map(text -> policy(MAX_QUALITY_DROP, () -> policies.maxQualityDrop(text, null))))
                .map(target -> aiming(tenant, target))
                .orElse(tenant);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("must be a number from 0 to 1");
        }
    }

    private static TierPolicy policy(String header, Supplier<TierPolicy> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException wrong) {
            throw invalid(header, String.valueOf(wrong.getMessage()));
        }
    }

    private static Tenant aiming(Tenant tenant, TierPolicy target) {
        return tenant.aiming(target)
                .orElseThrow(() -> new Failure.Refused(
                                403,
                                "target_not_allowed",
                                "Tenant '%s' may choose thresholds from %s to %s for a request, and none if it is pinned to a model."
                                        .formatted(
                                                tenant.id(),
                                                tenant.targets().least(),
                                                tenant.targets().most()))
                        .asException());
    }

    private static RuntimeException invalid(String header, String why) {
        return new Failure.BadRequest("invalid_header", "The header %s: %s.".formatted(header, why), Optional.empty())
                .asException();
    }
}
