package pointsman.lab.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import pointsman.learn.LadderPath;
import pointsman.learn.Rungs;

/// A way to use a ladder.
///
/// @param name for people
/// @param compared with which rung each but the last is compared
/// @param path from careful to bold; the steepest if there is none
record LadderWay(String name, List<Integer> compared, Optional<LadderPath> path) {
    private static final int STEPS = 500;

    int against(int rung) {
        return compared.get(rung);
    }

    /// All rungs, with thresholds on either path; and every pair.
    static List<LadderWay> all(Rungs rungs) {
        var last = rungs.size() - 1;
        var ways = new ArrayList<LadderWay>();
        var toLast = IntStream.range(0, last).mapToObj(_ -> last).toList();
        ways.add(new LadderWay("all rungs, steepest path", toLast, Optional.empty()));
        ways.add(new LadderWay("all rungs, equal thresholds", toLast, Optional.of(LadderPath.equal(last))));
        for (var small = 0; small < last; small++) {
            for (var large = small + 1; large <= last; large++) {
                ways.add(pair(rungs, small, large));
            }
        }
        return ways;
    }

    /// Two rungs alone. What is promised is about the last one all the same.
    private static LadderWay pair(Rungs rungs, int small, int large) {
        var last = rungs.size() - 1;
        var compared = IntStream.range(0, last)
                .mapToObj(rung -> rung == small ? large : last)
                .toList();
        var path = new LadderPath(IntStream.rangeClosed(0, STEPS)
                .mapToObj(step -> {
                    var policy = new double[last];
                    Arrays.fill(policy, 1);
                    policy[small] = (double) (STEPS - step) / STEPS;
                    if (large < last) {
                        policy[large] = 0;
                    }
                    return policy;
                })
                .toList());
        var name = "%s, %s".formatted(rungs.names().get(small), rungs.names().get(large));
        return new LadderWay(name, compared, Optional.of(path));
    }
}
