package pointsman.tablejob;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import pointsman.access.TierPolicy;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;
import pointsman.job.Scoring;
import pointsman.job.Scoring.Watch;
import pointsman.route.Decision;
import pointsman.score.PromptScorer;
import reactor.core.publisher.Mono;

/// Decides which tier answers each row, before anything is ordered: rows of one sub-tree that go to different
/// models would split it.
public final class TierSplit {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PromptScorer scorer;
    private final Models upstreams;

    public TierSplit(PromptScorer scorer, Models upstreams) {
        this.scorer = scorer;
        this.upstreams = upstreams;
    }

    /// The decision for each row; empty if the watch did not want to know.
    Optional<List<Decision>> decide(TableInput input, TierPolicy policy, Watch watch) throws InterruptedException {
        return decide(input, policy, IntStream.range(0, input.table().rows()).toArray(), watch);
    }

    /// The share of each tier, from a sample of the rows.
    Map<Tier, Double> shares(TableInput input, TierPolicy policy, int sample) throws InterruptedException {
        int rows = input.table().rows();
        int looked = Math.min(sample, rows);
        var chosen = IntStream.range(0, looked)
                .map(place -> (int) ((long) place * rows / looked))
                .toArray();
        var shares = new EnumMap<Tier, Double>(Tier.class);
        for (var decision : decide(input, policy, chosen, Watch.NONE).orElseThrow()) {
            shares.merge(decision.tier(), 1.0 / looked, Double::sum);
        }
        return shares;
    }

    private Optional<List<Decision>> decide(TableInput input, TierPolicy policy, int[] rows, Watch watch)
            throws InterruptedException {
        return switch (policy) {
            case TierPolicy.Fixed(var decision) -> Optional.of(Collections.nCopies(rows.length, decision));
            case TierPolicy.Threshold threshold -> {
                var prompt = new RowPrompt(input.table(), input.spec());
                yield new Scoring(scorer.threads())
                        .all(rows.length, place -> decide(prompt.text(rows[place], input.columns()), threshold), watch);
            }
        };
    }

    private Mono<Decision> decide(String text, TierPolicy.Threshold policy) {
        return upstreams.of(Tier.SMALL).abilities().fits(text.length())
                ? scorer.score(text, policy.calibration(), PATIENCE).map(policy::decide)
                : Mono.just(new Decision.BeyondSmall("too_long"));
    }
}
