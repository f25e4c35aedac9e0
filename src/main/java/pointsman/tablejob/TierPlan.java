package pointsman.tablejob;

import java.util.List;
import pointsman.job.Destination;
import pointsman.job.Forecast;
import pointsman.job.JobPlan.Leg;
import pointsman.job.LanePlan.Arm;
import pointsman.job.Sending;

/// How one tier's rows are sent, and what that costs.
///
/// @param order which it is, and why
/// @param legs that are stored
/// @param forecast of what is sent if the plan's order is used; a trial is part of it
/// @param trial what the trial is
public record TierPlan(Order order, List<Leg> legs, Forecast forecast, Guard trial) {
    public TierPlan {
        legs = List.copyOf(legs);
    }

    /// Orders of rows and fields.
    public enum Order {
        PLANNED("planned"),
        /// A trial decides between the plan's order of fields and the given one.
        TRIED("decided by the A/B guard"),
        /// The given one, because the job wants it.
        GIVEN("given"),
        /// The given one, because the plan's would cost more.
        GIVEN_IS_CHEAPER("given");

        private final String label;

        Order(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// A tier's part of the A/B guard.
    ///
    /// @param rows that are asked in both orders; 0 if there is no trial
    /// @param extra what is asked and paid beside the job
    /// @param fallback the whole forecast if the given order of fields is used in the end
    public record Guard(int rows, Forecast extra, Forecast fallback) {
        static final Guard NONE = new Guard(0, Forecast.NOTHING, Forecast.NOTHING);

        public Guard times(double share) {
            return new Guard((int) Math.round(rows * share), extra.times(share), fallback.times(share));
        }
    }

    /// Everything in one order.
    static TierPlan of(Order order, Destination road, Sending sending) {
        return new TierPlan(order, List.of(road.leg(sending, Arm.SENT)), road.forecast(sending), Guard.NONE);
    }

    /// A trial first, and its outcome for the rest.
    static TierPlan of(Destination road, Trial trial) {
        var asked = road.measured(trial.asked());
        var plannedRest = road.measured(trial.plannedRest());
        var givenRest = road.measured(trial.givenRest());
        var cost = road.forecast(asked);
        return new TierPlan(
                Order.TRIED,
                List.of(road.leg(asked, Arm.SENT), road.leg(plannedRest, Arm.PLANNED), road.leg(givenRest, Arm.GIVEN)),
                cost.plus(road.forecast(plannedRest)),
                new Guard(
                        trial.sampled(),
                        cost.minus(road.forecast(road.measured(trial.kept()))),
                        cost.plus(road.forecast(givenRest))));
    }
}
