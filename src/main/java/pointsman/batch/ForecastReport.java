package pointsman.batch;

import java.math.BigDecimal;
import java.util.Locale;
import pointsman.upstream.Upstream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A forecast for people and programs: by tier and in all, in the given order and in the one that is sent, and
/// where there is nothing to be saved, why.
final class ForecastReport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectNode json = JSON.createObjectNode();
    private final ArrayNode tiers = json.putArray("tiers");
    private Forecast unreordered = Forecast.NOTHING;
    private Forecast planned = Forecast.NOTHING;
    private Forecast allLarge = Forecast.NOTHING;

    ForecastReport(TableSpec spec) {
        json.put("assumed_output_tokens_per_row", spec.assumedOutputTokens());
    }

    /// One tier's part.
    ///
    /// @param rows that it gets
    /// @param share of those rows that it is expected to get; 1 where it is known
    /// @param before in the given order
    /// @param after in the order that is sent
    /// @param large in the given order, on the large tier
    /// @param guarded whether the plan would have cost more, so that the given order is sent
    /// @param longestPrompt in tokens
    record Entry(
            Upstream upstream,
            ProviderCache cache,
            int rows,
            int lanes,
            double share,
            Forecast before,
            Forecast after,
            Forecast large,
            boolean guarded,
            int longestPrompt) {}

    void add(Entry entry) {
        var before = entry.before().times(entry.share());
        var after = entry.after().times(entry.share());
        unreordered = unreordered.plus(before);
        planned = planned.plus(after);
        allLarge = allLarge.plus(entry.large().times(entry.share()));
        var tier = tiers.addObject()
                .put("tier", entry.upstream().name())
                .put("model", entry.upstream().model())
                .put("rows", Math.round(entry.rows() * entry.share()))
                .put("lanes", entry.lanes())
                .put("cache_rule", entry.cache().name())
                .put("cache_rule_as_of", entry.cache().asOf());
        tier.set("unreordered", json(before));
        tier.set("planned", json(after));
        tier.put("order", entry.guarded() ? "given" : "planned");
        tell(tier, entry);
    }

    /// The whole report.
    ObjectNode json() {
        json.set("unreordered", json(unreordered));
        json.set("planned", json(planned));
        json.set("all_large", json(allLarge));
        json.put("saved_cached_tokens", planned.cached() - unreordered.cached());
        json.put("saved_usd", dollars(unreordered.costMicros() - planned.costMicros()));
        return json;
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
                    .formatted(entry.upstream().name());
        }
        if (cache.scope() == ProviderCache.Scope.EXPLICIT) {
            return "'%s' caches what a request marks, and requests of jobs are not marked".formatted(cache.name());
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
        if (entry.guarded()) {
            return "the planned order would cost more under this rule, so the given order is sent";
        }
        return "the rows share no more in any order than in the given one";
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
