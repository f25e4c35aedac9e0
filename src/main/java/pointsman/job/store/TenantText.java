package pointsman.job.store;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pointsman.access.RoutesProperties;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.access.TierPolicy.By;
import pointsman.route.Decision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A tenant as the store keeps it beside a job, so that the job is decided by what was true when it was
/// asked for. Texts of older gateways hold a policy alone, and name tiers in capitals.
public final class TenantText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private TenantText() {}

    public static String of(Tenant tenant) {
        var node = JSON.createObjectNode().put("tenant", tenant.id()).put("route", tenant.route());
        if (tenant.isLocalOnly()) {
            node.put("local_only", true);
        }
        tenant.ownPolicy().ifPresent(policy -> write(policy, node));
        return node.toString();
    }

    private static void write(TierPolicy policy, ObjectNode node) {
        switch (policy) {
            case TierPolicy.Threshold threshold -> {
                var values = node.putArray("thresholds");
                threshold.thresholds().forEach(values::add);
                node.put("calibration", threshold.calibration()).put("promise", threshold.promise());
            }
            case TierPolicy.Pinned(var model, var by) ->
                node.put("pinned", model).put("by", by.name());
            case TierPolicy.Unproved(var promise) -> node.put("unproved", promise);
        }
    }

    /// The tenant of a text.
    ///
    /// @param models that it may call, by their names; empty: every one
    public static Tenant read(String text, Set<String> models) {
        var node = JSON.readTree(text);
        return new Tenant(
                node.path("tenant").asString(""),
                policy(node),
                models,
                node.path("route").asString(RoutesProperties.AUTO),
                node.path("local_only").asBoolean(false),
                Tenant.Targets.ANY);
    }

    private static @Nullable TierPolicy policy(JsonNode node) {
        if (node.has("thresholds") || node.has("threshold")) {
            var values = node.has("thresholds")
                    ? node.path("thresholds")
                            .valueStream()
                            .map(JsonNode::asDouble)
                            .toList()
                    : List.of(node.path("threshold").asDouble());
            return new TierPolicy.Threshold(
                    values,
                    node.path("calibration").asString(""),
                    node.path("promise").asString(""));
        }
        if (node.has("pinned")) {
            return new TierPolicy.Pinned(
                    node.path("pinned").asString(), By.valueOf(node.path("by").asString()));
        }
        if (node.has("unproved")) {
            return new TierPolicy.Unproved(node.path("unproved").asString());
        }
        return node.has("decision") ? older(node) : null;
    }

    private static TierPolicy older(JsonNode node) {
        var tier = node.path("tier").asString().toLowerCase(Locale.ROOT);
        return switch (Decisions.of(tier, node.path("decision").asString())) {
            case Decision.Pinned(var model, var by) -> new TierPolicy.Pinned(model, by);
            case Decision.Unpromised(var _, var promise) -> new TierPolicy.Unproved(promise);
            default -> throw new IllegalStateException("no policy decides like this: " + node);
        };
    }
}
