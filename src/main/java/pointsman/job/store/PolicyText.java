package pointsman.job.store;

import pointsman.access.TierPolicy;
import pointsman.fleet.Tier;
import pointsman.route.Decision;
import tools.jackson.databind.json.JsonMapper;

/// A tenant's policy as the store keeps it, so that a job is decided by what was true when it was asked
/// for.
public final class PolicyText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private PolicyText() {}

    public static String of(TierPolicy policy) {
        var node = JSON.createObjectNode();
        return (switch (policy) {
                    case TierPolicy.Threshold(double threshold, String calibration, String promise) ->
                        node.put("threshold", threshold)
                                .put("calibration", calibration)
                                .put("promise", promise);
                    case TierPolicy.Pinned _, TierPolicy.Named _, TierPolicy.Unproved _ -> {
                        var decision = Decision.foregone(policy).orElseThrow();
                        yield node.put("decision", Decisions.text(decision))
                                .put("tier", decision.tier().name());
                    }
                })
                .toString();
    }

    public static TierPolicy read(String text) {
        var node = JSON.readTree(text);
        return node.has("threshold")
                ? new TierPolicy.Threshold(
                        node.path("threshold").asDouble(),
                        node.path("calibration").asString(),
                        node.path("promise").asString())
                : policy(Decisions.of(
                        Tier.valueOf(node.path("tier").asString()),
                        node.path("decision").asString()));
    }

    private static TierPolicy policy(Decision decision) {
        return switch (decision) {
            case Decision.Pinned(var tier, var by) -> new TierPolicy.Pinned(tier, by);
            case Decision.Named(var tier, var model) -> new TierPolicy.Named(tier, model);
            case Decision.Unpromised(var promise) -> new TierPolicy.Unproved(promise);
            case Decision.Scored _, Decision.Unscored _, Decision.BeyondSmall _, Decision.Overruled _ ->
                throw new IllegalStateException("no policy decides '%s'".formatted(decision.reason()));
        };
    }
}
