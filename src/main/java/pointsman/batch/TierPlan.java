package pointsman.batch;

import java.util.List;
import pointsman.batch.JobPlan.Leg;
import pointsman.batch.LanePlan.Arm;

/// How one tier's rows are sent, and what that costs.
///
/// @param order which it is, and why
/// @param legs that are stored
/// @param forecast of what is sent if the plan's order is used; a trial is part of it
/// @param trial what the trial is
record TierPlan(Order order, List<Leg> legs, Forecast forecast, Guard trial) {
    TierPlan {
        legs = List.copyOf(legs);
    }

    /// Orders of rows and fields.
    enum Order {
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

        String label() {
            return label;
        }
    }

    /// A tier's part of the A/B guard.
    ///
    /// @param rows that are asked in both orders; 0 if there is no trial
    /// @param extra what is asked and paid beside the job
    /// @param fallback the whole forecast if the given order of fields is used in the end
    record Guard(int rows, Forecast extra, Forecast fallback) {
        static final Guard NONE = new Guard(0, Forecast.NOTHING, Forecast.NOTHING);

        Guard times(double share) {
            return new Guard((int) Math.round(rows * share), extra.times(share), fallback.times(share));
        }
    }

    /// Everything in one order.
    static TierPlan of(Order order, Road road, Sending sending) {
        return new TierPlan(order, List.of(road.leg(sending, Arm.SENT)), road.forecast(sending), Guard.NONE);
    }

    /// A trial first, and its outcome for the rest.
    static TierPlan of(Road road, Trial trial) {
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
