package pointsman.tablejob;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import pointsman.access.Tenant;
import pointsman.failure.Failure;
import pointsman.fleet.Model;
import pointsman.job.Choosing;
import pointsman.job.Scoring.Watch;
import pointsman.route.Grounds;

/// Decides which model answers each row, before anything is ordered: rows of one sub-tree that go to
/// different models would split it.
///
/// @param choosing decides
/// @param requests what rows ask
record TierSplit(Choosing choosing, RowRequests requests) {
    /// The tenant as its job is decided by, whatever becomes of names and policies meanwhile.
    ///
    /// @throws pointsman.failure.FailureException if there is no such model, the tenant may not call it, or
    ///     the job has a limit in money and nobody knows what a model of it costs
    Tenant settle(Tenant tenant, TableSpec spec) {
        var settled = choosing.settled(tenant, requests.first(spec));
        if (spec.options().maxCostMicros() < Long.MAX_VALUE) {
            choosing.possible(settled).stream()
                    .filter(model -> !model.price().isKnown())
                    .findFirst()
                    .ifPresent(TierSplit::refuseUnpriced);
        }
        return settled;
    }

    private static void refuseUnpriced(Model model) {
        throw new Failure.BadRequest(
                        "unknown_price",
                        ("'options.max_cost_usd' cannot be kept: the price of the model '%s' (%s) is unknown. State it: %s,"
                                        + " in dollars per million tokens, or ask without a limit.")
                                .formatted(model.name(), model.id(), priceProperty(model)),
                        Optional.of("options.max_cost_usd"))
                .asException();
    }

    private static String priceProperty(Model model) {
        return switch (model.name()) {
            case "small", "large", "embeddings" -> "pointsman.upstreams.%s.price".formatted(model.name());
            default -> "pointsman.models.%s.price".formatted(model.name());
        };
    }

    /// The grounds for each row; empty if the watch did not want to know.
    Optional<List<Grounds>> decide(TableInput input, Tenant tenant, Watch watch) throws InterruptedException {
        return decide(input, tenant, IntStream.range(0, input.table().rows()).toArray(), watch);
    }

    /// The share of each model, from a sample of the rows, with the grounds of one row of it.
    Map<Grounds, Double> shares(TableInput input, Tenant tenant, int sample) throws InterruptedException {
        int rows = input.table().rows();
        int looked = Math.min(sample, rows);
        var chosen = IntStream.range(0, looked)
                .map(place -> (int) ((long) place * rows / looked))
                .toArray();
        var first = new LinkedHashMap<String, Grounds>();
        var shares = new LinkedHashMap<Grounds, Double>();
        for (var grounds : decide(input, tenant, chosen, Watch.NONE).orElseThrow()) {
            shares.merge(first.computeIfAbsent(grounds.model(), _ -> grounds), 1.0 / looked, Double::sum);
        }
        return shares;
    }

    /// Where the policy is the same for every row, none is looked at.
    private Optional<List<Grounds>> decide(TableInput input, Tenant tenant, int[] rows, Watch watch)
            throws InterruptedException {
        var foregone = choosing.foregone(tenant);
        if (foregone.isPresent()) {
            return Optional.of(Collections.nCopies(rows.length, foregone.get()));
        }
        var asked = requests.of(input);
        return choosing.all(tenant, rows.length, place -> asked.apply(rows[place]), watch);
    }
}
