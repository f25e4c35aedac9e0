package pointsman.tablejob;

import java.math.BigDecimal;
import java.util.Optional;
import pointsman.job.Forecast;
import pointsman.tablejob.TableForecast.CacheRuleName;
import pointsman.tablejob.TableForecast.Saving;
import pointsman.tablejob.TableForecast.TierForecast;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Forecasts as JSON, for clients and for the store.
final class TableForecastJson {
    private static final JsonMapper JSON = Output.JSON;
    private static final String PLANNED_ORDER = "planned_order";

    private TableForecastJson() {}

    /// The text for the store; empty for none.
    static String text(TableForecast forecast) {
        return forecast.isNone() ? "" : json(forecast).toString();
    }

    static TableForecast of(String text) {
        if (text.isEmpty()) {
            return TableForecast.NONE;
        }
        var json = JSON.readTree(text);
        return new TableForecast(
                json.path("assumed_output_tokens_per_row").asInt(0),
                json.path("tiers").valueStream().map(TableForecastJson::tier).toList(),
                forecast(json.path("unreordered")),
                forecast(json.path("planned")),
                forecast(json.path("all_large")),
                trial(json.path("ab_guard")));
    }

    static ObjectNode json(TableForecast forecast) {
        var json = JSON.createObjectNode();
        var tiers = json.putArray("tiers");
        forecast.tiers().forEach(tier -> tiers.add(json(tier)));
        json.put("assumed_output_tokens_per_row", forecast.answerTokens());
        var given = forecast.given();
        var planned = forecast.planned();
        json.set("unreordered", json(given));
        json.set("planned", json(planned));
        json.set("all_large", json(forecast.allLarge()));
        json.put("saved_cached_tokens", planned.cached() - given.cached());
        json.put(
                "saved_usd",
                given.isPriced() && planned.isPriced() ? dollars(given.costMicros() - planned.costMicros()) : null);
        json(forecast.trial()).ifPresent(trial -> json.set("ab_guard", trial));
        return json;
    }

    private static ObjectNode json(TierForecast tier) {
        var json = JSON.createObjectNode()
                .put("tier", tier.tier())
                .put("model", tier.model())
                .put("rows", tier.rows())
                .put("lanes", tier.lanes())
                .put("cache_rule", tier.cacheRule().name())
                .put("cache_rule_as_of", tier.cacheRule().asOf());
        json.set("unreordered", json(tier.given()));
        json.set("planned", json(tier.planned()));
        json.put("order", tier.order());
        return switch (tier.saving()) {
            case Saving.Some(var words) -> json.put("saving", words);
            case Saving.Nothing(var why) -> json.put("no_saving_because", why);
        };
    }

    private static TierForecast tier(JsonNode json) {
        return new TierForecast(
                json.path("tier").asString(""),
                json.path("model").asString(""),
                json.path("rows").asLong(0),
                json.path("lanes").asInt(0),
                new CacheRuleName(
                        json.path("cache_rule").asString(""),
                        json.path("cache_rule_as_of").asString("")),
                forecast(json.path("unreordered")),
                forecast(json.path("planned")),
                json.path("order").asString(""),
                json.has("saving")
                        ? new Saving.Some(json.path("saving").asString(""))
                        : new Saving.Nothing(json.path("no_saving_because").asString("")));
    }

    /// The A/B guard's part; empty if the job does not ask for one.
    static Optional<ObjectNode> json(TrialForecast trial) {
        return switch (trial) {
            case TrialForecast.Unasked _ -> Optional.empty();
            case TrialForecast.NotNeeded(var because) ->
                Optional.of(JSON.createObjectNode()
                        .put("rows", 0)
                        .put("decision", "not_needed")
                        .put("because", because));
            case TrialForecast.Pending(var rows, var extra, var fallback) -> {
                var json = JSON.createObjectNode().put("rows", rows).put("decision", "pending");
                json.set("extra", json(extra));
                json.set("planned_if_given_order", json(fallback));
                yield Optional.of(json);
            }
            case TrialForecast.Decided(var verdict, var extra) -> {
                var json = json(verdict);
                json.set("extra", json(extra));
                yield Optional.of(json);
            }
        };
    }

    private static ObjectNode json(TrialVerdict verdict) {
        return JSON.createObjectNode()
                .put("rows", verdict.rows())
                .put("compared", verdict.compared())
                .put("agreement", verdict.agreement())
                .put("agreement_with_itself", verdict.agreementWithItself())
                .put("decision", verdict.isPlannedOrder() ? PLANNED_ORDER : "given_order")
                .put("because", verdict.because());
    }

    private static TrialForecast trial(JsonNode json) {
        if (json.isMissingNode()) {
            return new TrialForecast.Unasked();
        }
        var because = json.path("because").asString("");
        var extra = forecast(json.path("extra"));
        var decision = json.path("decision").asString("");
        return switch (decision) {
            case "not_needed" -> new TrialForecast.NotNeeded(because);
            case "pending" ->
                new TrialForecast.Pending(
                        json.path("rows").asInt(0), extra, forecast(json.path("planned_if_given_order")));
            default ->
                new TrialForecast.Decided(
                        new TrialVerdict(
                                json.path("rows").asInt(0),
                                json.path("compared").asInt(0),
                                json.path("agreement").asDouble(0),
                                json.path("agreement_with_itself").asDouble(0),
                                decision.equals(PLANNED_ORDER),
                                because),
                        extra);
        };
    }

    private static ObjectNode json(Forecast forecast) {
        return JSON.createObjectNode()
                .put("requests", forecast.requests())
                .put("input_tokens", forecast.input())
                .put("cached_tokens", forecast.cached())
                .put("cache_write_tokens", forecast.written())
                .put("output_tokens", forecast.output())
                .put("input_cost_usd", forecast.isPriced() ? dollars(forecast.inputMicros()) : null)
                .put("cost_usd", forecast.isPriced() ? dollars(forecast.costMicros()) : null);
    }

    private static Forecast forecast(JsonNode json) {
        return new Forecast(
                json.path("requests").asInt(0),
                json.path("input_tokens").asLong(0),
                json.path("cached_tokens").asLong(0),
                json.path("cache_write_tokens").asLong(0),
                json.path("output_tokens").asLong(0),
                micros(json.path("input_cost_usd")),
                micros(json.path("cost_usd")),
                !json.path("cost_usd").isNull());
    }

    /// Millionths of a dollar as dollars.
    static BigDecimal dollars(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }

    private static long micros(JsonNode dollars) {
        return dollars.isNumber() ? dollars.decimalValue().movePointRight(6).longValue() : 0;
    }
}
