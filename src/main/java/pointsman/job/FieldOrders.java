package pointsman.job;

import pointsman.failure.Failure;
import pointsman.plan.PlanOptions.Orders;

/// How fields may be ordered, as clients say it.
public final class FieldOrders {
    private FieldOrders() {}

    /// The orders that a word asks for.
    ///
    /// @param field that says it
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] if it says something else
    public static Orders of(String word, String field) {
        return switch (word) {
            case "fixed" -> Orders.FIXED;
            case "per-row" -> Orders.PER_ROW;
            default ->
                throw Failure.BadRequest.inField(field, "'%s' is \"fixed\" or \"per-row\".".formatted(field))
                        .asException();
        };
    }
}
