package pointsman.tablejob;

import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.failure.Failure;
import pointsman.job.PolicyText;
import pointsman.route.Decision;
import pointsman.route.ModelNames;
import pointsman.route.Route;
import pointsman.table.TableFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A table job as it is stored: what the client asked for, and what was true of the client then.
///
/// @param asked the client's JSON, without inline rows
/// @param format how the table's bytes are to be read
/// @param policy how tiers are chosen
public record TableRequest(JsonNode asked, TableFormat format, TierPolicy policy) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// What a tenant's wish for a model means.
    ///
    /// @throws pointsman.failure.FailureException if there is no such model, or the tenant may not call it
    public static TierPolicy policy(Tenant tenant, String model, ModelNames models) {
        var route = models.route(model).orElseThrow(() -> new Failure.UnknownModel(model).asException());
        if (!tenant.mayCall(model)) {
            throw new Failure.ModelNotAllowed(tenant.id(), model).asException();
        }
        return switch (route) {
            case Route.ToTier(var tier) -> new TierPolicy.Fixed(new Decision.Pinned(tier, Decision.Pinned.By.MODEL));
            case Route.ToModel(var tier, var named) -> new TierPolicy.Fixed(new Decision.Named(tier, named));
            case Route.ByPolicy _ -> tenant.policy();
            case Route.ToEmbeddings _ ->
                throw Failure.BadRequest.inField("model", "The model '%s' only makes embeddings.".formatted(model))
                        .asException();
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
        node.put("policy", PolicyText.of(policy));
        return JSON.writeValueAsString(node);
    }

    static TableRequest of(String text) {
        var node = JSON.readTree(text);
        return new TableRequest(
                node.path("asked"),
                format(node.path("format").asString()),
                PolicyText.read(node.path("policy").asString()));
    }

    /// The format of a name or word: `csv`, `tsv`, `jsonl`, `parquet`, or `csv` and a delimiter.
    private static TableFormat format(String text) {
        return switch (text) {
            case "jsonl" -> new TableFormat.JsonLines();
            case "parquet" -> new TableFormat.Parquet();
            default -> new TableFormat.Csv(text.charAt("csv".length()));
        };
    }
}
