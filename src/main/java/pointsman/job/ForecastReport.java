package pointsman.job;

import java.math.BigDecimal;
import java.util.Locale;
import pointsman.cache.ProviderCache;
import pointsman.tablejob.TableSpec;
import pointsman.tablejob.TierPlan;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A forecast for people and programs: by tier and in all, in the given order and in the one that is sent, and
/// where there is nothing to be saved, why.
public final class ForecastReport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectNode json = JSON.createObjectNode();
    private final ArrayNode tiers = json.putArray("tiers");
    private final boolean wantsTrial;
    private Forecast unreordered = Forecast.NOTHING;
    private Forecast planned = Forecast.NOTHING;
    private Forecast allLarge = Forecast.NOTHING;
    private Forecast extra = Forecast.NOTHING;
    private Forecast fallback = Forecast.NOTHING;
    private int tried;

    public ForecastReport(TableSpec spec) {
        wantsTrial = spec.options().trialRows() > 0;
        json.put("assumed_output_tokens_per_row", spec.assumedOutputTokens());
    }

    /// One tier's part.
    ///
    /// @param rows that it gets
    /// @param share of those rows that it is expected to get; 1 where it is known
    /// @param before in the given order
    /// @param plan what is sent
    /// @param large in the given order, on the large tier
    /// @param longestPrompt in tokens
    public record Entry(
            Destination road,
            int rows,
            double share,
            Forecast before,
            TierPlan plan,
            Forecast large,
            int longestPrompt) {
        ProviderCache cache() {
            return road.cache();
        }

        Forecast after() {
            return plan.forecast();
        }
    }

    public void add(Entry entry) {
        var before = entry.before().times(entry.share());
        var after = entry.after().times(entry.share());
        var trial = entry.plan().trial().times(entry.share());
        unreordered = unreordered.plus(before);
        planned = planned.plus(after);
        allLarge = allLarge.plus(entry.large().times(entry.share()));
        tried += trial.rows();
        extra = extra.plus(trial.extra());
        fallback = fallback.plus(trial.rows() > 0 ? trial.fallback() : after);
        var tier = tiers.addObject()
                .put("tier", entry.road().upstream().name())
                .put("model", entry.road().upstream().id())
                .put("rows", Math.round(entry.rows() * entry.share()))
                .put("lanes", entry.plan().legs().getFirst().lanes())
                .put("cache_rule", entry.cache().name())
                .put("cache_rule_as_of", entry.cache().asOf());
        tier.set("unreordered", json(before));
        tier.set("planned", json(after));
        tier.put("order", entry.plan().order().label());
        tell(tier, entry);
    }

    /// The whole report.
    public ObjectNode json() {
        json.set("unreordered", json(unreordered));
        json.set("planned", json(planned));
        json.set("all_large", json(allLarge));
        json.put("saved_cached_tokens", planned.cached() - unreordered.cached());
        json.put("saved_usd", dollars(unreordered.costMicros() - planned.costMicros()));
        if (wantsTrial) {
            json.set("ab_guard", trial());
        }
        return json;
    }

    private ObjectNode trial() {
        var trial = JSON.createObjectNode().put("rows", tried);
        if (tried == 0) {
            return trial.put("decision", "not_needed")
                    .put(
                            "because",
                            "no prompt would change, or the given order is cheaper than the planned one with a trial");
        }
        trial.put("decision", "pending");
        trial.set("extra", json(extra));
        trial.set("planned_if_given_order", json(fallback));
        return trial;
    }

    private static void tell(ObjectNode tier, Entry entry) {
        if (entry.after().requests() < entry.before().requests()) {
            tier.put(
                    "saving",
                    String.format(
                            Locale.ROOT,
                            "%,d instead of %,d requests with %.1f %% fewer prompt tokens",
                            entry.after().requests(),
                            entry.before().requests(),
                            100 - percent(entry.after().input(), entry.before().input())));
        } else if (entry.after().cached() > entry.before().cached()) {
            tier.put(
                    "saving",
                    String.format(
                            Locale.ROOT,
                            "%.1f %% instead of %.1f %% of the prompt tokens come from the cache",
                            percent(entry.after().cached(), entry.after().input()),
                            percent(entry.before().cached(), entry.before().input())));
        } else {
            tier.put("no_saving_because", why(entry));
        }
    }

    private static String why(Entry entry) {
        var cache = entry.cache();
        if (cache.name().equals("none")) {
            return "no cache rule is known for this upstream; name one in pointsman.batch.providers.%s"
                    .formatted(entry.road().upstream().name());
        }
        if (entry.longestPrompt() < cache.rule().minimumTokens()) {
            return String.format(
                    Locale.ROOT,
                    "the longest prompt has %d tokens, and '%s' caches from %d tokens on, so the order does not matter; a"
                            + " longer shared instruction would, and options.pack sends shared fields once for several rows",
                    entry.longestPrompt(),
                    cache.name(),
                    cache.rule().minimumTokens());
        }
        if (entry.after().cached() == 0) {
            return String.format(
                    Locale.ROOT,
                    "in no order two prompts begin alike for the %d tokens from which on '%s' caches",
                    cache.rule().minimumTokens(),
                    cache.name());
        }
        if (entry.plan().order() == TierPlan.Order.GIVEN_IS_CHEAPER) {
            return "the planned order would cost more under this rule, so the given order is sent";
        }
        return entry.plan().order() == TierPlan.Order.GIVEN
                ? "options.reorder is false, so the given order is sent"
                : "the rows share no more in any order than in the given one";
    }

    private static ObjectNode json(Forecast forecast) {
        return JSON.createObjectNode()
                .put("requests", forecast.requests())
                .put("input_tokens", forecast.input())
                .put("cached_tokens", forecast.cached())
                .put("cache_write_tokens", forecast.written())
                .put("output_tokens", forecast.output())
                .put("input_cost_usd", dollars(forecast.inputMicros()))
                .put("cost_usd", dollars(forecast.costMicros()));
    }

    private static BigDecimal dollars(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
