package pointsman.tablejob;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.fleet.Tier;
import pointsman.job.Choosing;
import pointsman.job.Scoring.Watch;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.route.OnlyOne;

/// Decides which tier answers each row, before anything is ordered: rows of one sub-tree that go to
/// different models would split it.
///
/// @param choosing decides
/// @param requests what rows ask
record TierSplit(Choosing choosing, RowRequests requests) {
    /// How the tiers of a job's rows are chosen.
    ///
    /// @throws pointsman.failure.FailureException if there is no such model, or the tenant may not call it
    TierPolicy settle(Tenant tenant, TableSpec spec) {
        return requests.settle(tenant, spec, choosing);
    }

    /// The decision for each row; empty if the watch did not want to know.
    Optional<List<Decision>> decide(TableInput input, String tenant, TierPolicy policy, Watch watch)
            throws InterruptedException {
        var rows = IntStream.range(0, input.table().rows()).toArray();
        return decide(input, new Tenant(tenant, policy, Set.of()), rows, watch);
    }

    /// The share of each tier, from a sample of the rows.
    Map<Tier, Double> shares(TableInput input, String tenant, TierPolicy policy, int sample)
            throws InterruptedException {
        int rows = input.table().rows();
        int looked = Math.min(sample, rows);
        var chosen = IntStream.range(0, looked)
                .map(place -> (int) ((long) place * rows / looked))
                .toArray();
        var asking = new Tenant(tenant, policy, Set.of());
        var shares = new EnumMap<Tier, Double>(Tier.class);
        for (var decision : decide(input, asking, chosen, Watch.NONE).orElseThrow()) {
            shares.merge(decision.tier(), 1.0 / looked, Double::sum);
        }
        return shares;
    }

    /// Where the policy is the same for every row, none is looked at.
    private Optional<List<Decision>> decide(TableInput input, Tenant tenant, int[] rows, Watch watch)
            throws InterruptedException {
        var foregone = Decision.foregone(tenant.policy());
        if (foregone.isPresent()) {
            return Optional.of(Collections.nCopies(rows.length, foregone.get()));
        }
        var asked = requests.of(input);
        return choosing.all(tenant, rows.length, place -> asked.apply(rows[place]), watch)
                .map(all -> all.stream().map(TierSplit::decision).toList());
    }

    private static Decision decision(Grounds grounds) {
        return switch (grounds) {
            case Decision decision -> decision;
            case OnlyOne _ -> throw new IllegalStateException("rows are chats, and a tier answers these");
        };
    }
}
