package pointsman.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every ladder's scores of one reading, in one array: so a text is read once and remembered once,
/// whichever ladders ask for it. What several ladders share is there once.
///
/// @param pairs the arithmetic of each number
/// @param places of each ladder's numbers, the cheapest rung's first
record LadderScores(List<PairScore> pairs, Map<String, List<Integer>> places) {
    LadderScores {
        pairs = List.copyOf(pairs);
        places = Map.copyOf(places);
    }

    static LadderScores of(Map<String, LadderScore> ladders) {
        var pairs = new ArrayList<PairScore>();
        var places = new HashMap<String, List<Integer>>();
        ladders.forEach((name, ladder) -> places.put(
                name, ladder.rungs().stream().map(pair -> placeOf(pair, pairs)).toList()));
        return new LadderScores(pairs, places);
    }

    private static int placeOf(PairScore pair, List<PairScore> pairs) {
        if (!pairs.contains(pair)) {
            pairs.add(pair);
        }
        return pairs.indexOf(pair);
    }

    double[] of(Reading reading) {
        return pairs.stream().mapToDouble(pair -> pair.of(reading)).toArray();
    }

    /// A ladder's scores among all. It must be configured: policies and routes are checked when the
    /// gateway starts.
    List<Double> of(String ladder, double[] all) {
        return Optional.ofNullable(places.get(ladder)).orElseThrow().stream()
                .map(place -> all[place])
                .toList();
    }
}
