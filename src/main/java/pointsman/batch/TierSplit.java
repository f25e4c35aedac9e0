package pointsman.batch;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import pointsman.score.PromptScorer;
import pointsman.tier.Decision;
import pointsman.tier.Tier;
import pointsman.tier.TierPolicy;
import pointsman.upstream.Upstreams;
import reactor.core.publisher.Flux;

/// Decides which tier answers each row, before anything is ordered: rows of one sub-tree that go to different
/// models would split it. One row waits in the router's queue at a time, so that chats do not wait for a table.
final class TierSplit {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PromptScorer scorer;
    private final Upstreams upstreams;

    TierSplit(PromptScorer scorer, Upstreams upstreams) {
        this.scorer = scorer;
        this.upstreams = upstreams;
    }

    /// The decision for each row.
    List<Decision> decide(TableInput input, TierPolicy policy) throws InterruptedException {
        return decide(input, policy, IntStream.range(0, input.table().rows()).toArray());
    }

    /// The share of each tier, from a sample of the rows.
    Map<Tier, Double> shares(TableInput input, TierPolicy policy, int sample) throws InterruptedException {
        int rows = input.table().rows();
        int looked = Math.min(sample, rows);
        var chosen = IntStream.range(0, looked)
                .map(place -> (int) ((long) place * rows / looked))
                .toArray();
        var shares = new EnumMap<Tier, Double>(Tier.class);
        for (var decision : decide(input, policy, chosen)) {
            shares.merge(decision.tier(), 1.0 / looked, Double::sum);
        }
        return shares;
    }

    private List<Decision> decide(TableInput input, TierPolicy policy, int[] rows) throws InterruptedException {
        return switch (policy) {
            case TierPolicy.Fixed(var decision) -> Collections.nCopies(rows.length, decision);
            case TierPolicy.Threshold threshold -> scored(input, threshold, rows);
        };
    }

    private List<Decision> scored(TableInput input, TierPolicy.Threshold policy, int[] rows)
            throws InterruptedException {
        var prompt = new RowPrompt(input.table(), input.spec(), false);
        var decisions = Flux.fromStream(() -> IntStream.of(rows).boxed())
                .<Decision>concatMap(row -> {
                    var text = prompt.text(row, input.columns());
                    return upstreams.of(Tier.SMALL).fits(text.length())
                            ? scorer.score(text, policy.calibration(), PATIENCE).map(policy::decide)
                            : Flux.just(new Decision.BeyondSmall("too_long"));
                })
                .collectList()
                .toFuture();
        try {
            return decisions.get();
        } catch (InterruptedException e) {
            decisions.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("scoring never fails", e.getCause());
        }
    }
}
