package pointsman.job;

import java.util.ArrayList;
import java.util.List;
import pointsman.cache.ProviderCache;
import pointsman.job.LanePlan.Arm;

/// How a job is to be sent, and what that will cost.
///
/// @param items rows or requests
/// @param parts one for each upstream that gets any, or more where a trial decides
/// @param data of the job, with its forecast
public record JobPlan<D>(int items, List<Part> parts, D data) {
    public JobPlan {
        parts = List.copyOf(parts);
    }

    /// Questions of a job that go to one upstream.
    ///
    /// @param sending in the order that was chosen
    /// @param cache the rule that its upstream follows
    /// @param lanes how many
    /// @param arm whether a trial decides if it is sent at all
    public record Part(Sending sending, ProviderCache cache, int lanes, Arm arm) {}

    /// The lanes of all parts, cut where neighbours share least. Every lane but a part's first waits for
    /// the one that leads it to have begun, so that the beginning that they share is in the cache by
    /// then.
    ///
    /// @param hints tells providers which requests belong together
    public List<LanePlan> lanes(CacheHints hints) {
        var lanes = new ArrayList<LanePlan>();
        for (var part : parts) {
            lanes.addAll(lanes(part, lanes.size(), hints));
        }
        return lanes;
    }

    private static List<LanePlan> lanes(Part part, int first, CacheHints hints) {
        var lanes = new ArrayList<LanePlan>();
        var sending = part.sending();
        var questions = sending.questions();
        int leads = part.cache().lead();
        var starts = sending.prompts().starts(part.lanes());
        var leaders = sending.prompts().leaders(starts);
        var marks = sending.marks(starts, part.cache());
        for (int lane = 0; lane < starts.length; lane++) {
            int from = starts[lane];
            int to = lane + 1 < starts.length ? starts[lane + 1] : questions.size();
            var hinted = hints.hinted(questions.subList(from, to), marks.subList(from, to), part.cache(), lane);
            int leader = first + (leads == 0 ? lane : leaders[lane]);
            lanes.add(new LanePlan(sending.upstream(), leader, leads, part.arm(), hinted));
        }
        return lanes;
    }
}
