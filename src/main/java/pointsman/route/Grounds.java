package pointsman.route;

import java.util.OptionalDouble;

/// Why a model answers a request, for headers, meters and the log.
public sealed interface Grounds permits Decision, OnlyOne {
    /// The name of the model that answers.
    String model();

    /// In one stable word.
    String reason();

    /// The score that was compared, if there was one.
    default OptionalDouble score() {
        return OptionalDouble.empty();
    }

    /// The threshold that it was compared with, if there was one.
    default OptionalDouble threshold() {
        return OptionalDouble.empty();
    }
}
