package pointsman.batch;

import pointsman.access.Tenant;
import pointsman.failure.Failure;
import pointsman.table.TableFormat;
import pointsman.tier.Decision;
import pointsman.tier.Tier;
import pointsman.tier.TierPolicy;
import pointsman.upstream.ModelNames;
import pointsman.upstream.Route;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A table job as it is stored: what the client asked for, and what was true of the client then.
///
/// @param asked the client's JSON, without inline rows
/// @param format how the table's bytes are to be read
/// @param routing how tiers are chosen
record TableRequest(JsonNode asked, TableFormat format, Routing routing) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// How the tier of a row is chosen.
    sealed interface Routing {
        /// Every row goes there.
        record To(Decision.Pinned decision) implements Routing {}

        /// The router decides by this threshold.
        record By(TierPolicy.Threshold policy) implements Routing {}
    }

    /// What a tenant's wish for a model means.
    ///
    /// @throws pointsman.failure.FailureException if there is no such model, or the tenant may not call it
    static Routing routing(Tenant tenant, String model, ModelNames models) {
        var route = models.route(model).orElseThrow(() -> new Failure.UnknownModel(model).asException());
        if (!tenant.mayCall(model)) {
            throw new Failure.ModelNotAllowed(tenant.id(), model).asException();
        }
        return switch (route) {
            case Route.ToTier(var tier) -> new Routing.To(new Decision.Pinned(tier, Decision.Pinned.By.MODEL));
            case Route.ByPolicy _ ->
                switch (tenant.policy()) {
                    case TierPolicy.Threshold threshold -> new Routing.By(threshold);
                    case TierPolicy.Fixed(var tier) ->
                        new Routing.To(new Decision.Pinned(tier, Decision.Pinned.By.TENANT));
                };
        };
    }

    String text() {
        var node = JSON.createObjectNode();
        node.set("asked", asked);
        node.put(
                "format",
                switch (format) {
                    case TableFormat.Csv(char delimiter) -> "csv" + delimiter;
                    case TableFormat.JsonLines() -> "jsonl";
                    case TableFormat.Parquet() -> "parquet";
                });
        node.put(
                "routing",
                switch (routing) {
                    case Routing.By(var policy) -> Double.toString(policy.threshold());
                    case Routing.To(var decision) ->
                        Decisions.text(decision) + " " + decision.tier().label();
                });
        return JSON.writeValueAsString(node);
    }

    static TableRequest of(String text) {
        var node = JSON.readTree(text);
        return new TableRequest(
                node.path("asked"),
                format(node.path("format").asString()),
                routing(node.path("routing").asString()));
    }

    /// The format of a name or word: `csv`, `tsv`, `jsonl`, `parquet`, or `csv` and a delimiter.
    private static TableFormat format(String text) {
        return switch (text) {
            case "jsonl" -> new TableFormat.JsonLines();
            case "parquet" -> new TableFormat.Parquet();
            default -> new TableFormat.Csv(text.charAt("csv".length()));
        };
    }

    private static Routing routing(String text) {
        for (var tier : Tier.values()) {
            if (text.endsWith(" " + tier.label())) {
                var by = text.startsWith("pinned_by_tenant") ? Decision.Pinned.By.TENANT : Decision.Pinned.By.MODEL;
                return new Routing.To(new Decision.Pinned(tier, by));
            }
        }
        return new Routing.By(new TierPolicy.Threshold(Double.parseDouble(text)));
    }
}
