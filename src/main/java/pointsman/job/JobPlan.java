package pointsman.job;

import java.util.ArrayList;
import java.util.List;
import pointsman.cache.Hints;
import pointsman.cache.ProviderCache;
import pointsman.job.LanePlan.Arm;
import tools.jackson.databind.node.ObjectNode;

/// How a job is to be sent, and what that will cost.
///
/// @param items rows or requests
/// @param legs one for each upstream that gets any
/// @param forecast for people, as the job shows it
public record JobPlan(int items, List<Leg> legs, ObjectNode forecast) {
    public JobPlan {
        legs = List.copyOf(legs);
    }

    /// The part of a job that one upstream gets.
    ///
    /// @param sending in the order that was chosen
    /// @param cache the rule that its upstream follows
    /// @param lanes how many
    /// @param arm whether a trial decides if it is sent at all
    public record Leg(Sending sending, ProviderCache cache, int lanes, Arm arm) {}

    /// The lanes of all legs, cut where neighbours share least. Every lane but a leg's first waits for the one
    /// that leads it to have begun, so that the beginning that they share is in the cache by then.
    ///
    /// @param hints tells providers which requests belong together
    List<LanePlan> lanes(Hints hints) {
        var lanes = new ArrayList<LanePlan>();
        for (var leg : legs) {
            int first = lanes.size();
            int leads = leg.cache().lead();
            var questions = leg.sending().questions();
            var starts = leg.sending().starts(leg.lanes());
            var leaders = leg.sending().leaders(starts);
            var marks = leg.sending().marks(starts, leg.cache());
            for (int lane = 0; lane < starts.length; lane++) {
                int end = lane + 1 < starts.length ? starts[lane + 1] : questions.size();
                int number = first + lane;
                var hinted = hints.hinted(
                        questions.subList(starts[lane], end), marks.subList(starts[lane], end), leg.cache(), lane);
                lanes.add(new LanePlan(
                        leg.sending().upstream(),
                        leads == 0 ? number : first + leaders[lane],
                        leads,
                        leg.arm(),
                        hinted));
            }
        }
        return lanes;
    }
}
