package pointsman.tablejob;

import java.util.List;
import pointsman.job.Destination;
import pointsman.job.Forecast;
import pointsman.job.JobPlan.Part;
import pointsman.job.LanePlan.Arm;
import pointsman.job.Sending;

/// How one tier's rows are sent, and what that costs.
///
/// @param order which it is, and why
/// @param parts that are stored
/// @param forecast of what is sent if the plan's order is used; a trial is part of it
/// @param trial what the trial is
record TierPlan(Order order, List<Part> parts, Forecast forecast, Guard trial) {
    TierPlan {
        parts = List.copyOf(parts);
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
    static TierPlan of(Order order, Destination destination, Sending sending) {
        return new TierPlan(
                order, List.of(destination.part(sending, Arm.SENT)), destination.forecast(sending), Guard.NONE);
    }

    /// A trial first, and its outcome for the rest.
    static TierPlan of(Destination destination, Trial trial) {
        var asked = destination.measured(trial.asked());
        var plannedRest = destination.measured(trial.plannedRest());
        var givenRest = destination.measured(trial.givenRest());
        var cost = destination.forecast(asked);
        return new TierPlan(
                Order.TRIED,
                List.of(
                        destination.part(asked, Arm.SENT),
                        destination.part(plannedRest, Arm.PLANNED),
                        destination.part(givenRest, Arm.GIVEN)),
                cost.plus(destination.forecast(plannedRest)),
                new Guard(
                        trial.sampled(),
                        cost.minus(destination.forecast(destination.measured(trial.kept()))),
                        cost.plus(destination.forecast(givenRest))));
    }
}
