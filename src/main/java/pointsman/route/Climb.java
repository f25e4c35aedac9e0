package pointsman.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import pointsman.access.TierPolicy;
import pointsman.score.ScoreOutcome;

/// How a ladder is climbed by scores, and nothing else: the gateway and the library decide by this very
/// code.
///
/// Of the rungs that are good enough the one answers that the call costs least at; where a price is
/// unknown, the first of them. What was proved was proved of the first one that is good enough, so there
/// only the last rung, which loses nothing, may be cheaper. The last is good enough by definition, and
/// answers where there is no score.
///
/// @param route the ladder's name
/// @param rungs by their names, the cheapest first
/// @param places of these rungs among those that are scored, from 0
/// @param policy thresholds, by the places of what is scored
public record Climb(String route, List<String> rungs, List<Integer> places, TierPolicy.Threshold policy) {
    public Climb {
        rungs = List.copyOf(rungs);
        places = List.copyOf(places);
    }

    /// A ladder whose rungs are all open.
    ///
    /// @param thresholds one for all rungs, or one for each but the last, in [0, 1]
    public Climb(String route, List<String> rungs, List<Double> thresholds) {
        this(route, rungs, IntStream.range(0, rungs.size()).boxed().toList(), new TierPolicy.Threshold(thresholds));
    }

    /// What a call costs at one rung against another.
    @FunctionalInterface
    public interface Costs {
        /// Where nothing is known of prices, the ladder's order is that of the costs.
        Costs BY_ORDER = (_, _) -> true;

        /// Whether it costs at one rung no more than at a dearer one.
        ///
        /// @param cheaper which of the rungs stands first, from 0
        /// @param dearer which stands behind it, or is the same
        boolean isAtMost(int cheaper, int dearer);
    }

    /// Which rung answers, and why.
    ///
    /// @param outcome scores of the rungs, the last of all excepted, or why there are none
    /// @param able which of the rungs can be asked, in their order, two at least; all of them but the last
    ///     have a score
    public Decision decide(ScoreOutcome outcome, List<Integer> able, Costs costs) {
        return switch (outcome) {
            case ScoreOutcome.Unscored(var why) -> new Decision.Unscored(rungs.get(able.getLast()), why);
            case ScoreOutcome.Scored(var scores) -> scored(scores, able, costs);
        };
    }

    private Decision.Scored scored(List<Double> scores, List<Integer> able, Costs costs) {
        var last = able.getLast();
        var best = cheapest(weighed(scores, able), costs);
        var compared = places.get(best == last ? able.get(able.size() - 2) : best);
        return new Decision.Scored(rungs.get(best), route, scores.get(compared), policy.of(compared), policy.promise());
    }

    private List<Integer> weighed(List<Double> scores, List<Integer> able) {
        var last = able.getLast();
        var good = able.stream()
                .filter(rung -> rung.equals(last) || isGoodEnough(places.get(rung), scores))
                .toList();
        return policy.promise().isEmpty() ? good : List.of(good.getFirst(), last);
    }

    private boolean isGoodEnough(int place, List<Double> scores) {
        return place < scores.size() && scores.get(place) >= policy.of(place);
    }

    private static int cheapest(List<Integer> weighed, Costs costs) {
        int best = weighed.getLast();
        for (int rung : weighed.reversed()) {
            if (costs.isAtMost(rung, best)) {
                best = rung;
            }
        }
        return best;
    }

    /// The scores by the names of their rungs.
    public Map<String, Double> scores(ScoreOutcome outcome) {
        var named = new LinkedHashMap<String, Double>();
        if (outcome instanceof ScoreOutcome.Scored(var scores)) {
            for (var rung = 0; rung < rungs.size(); rung++) {
                if (places.get(rung) < scores.size()) {
                    named.put(rungs.get(rung), scores.get(places.get(rung)));
                }
            }
        }
        return named;
    }
}
