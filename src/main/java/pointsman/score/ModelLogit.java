package pointsman.score;

import java.util.List;

/// How a model's logit comes from a reading.
sealed interface ModelLogit {
    /// The logit; sigmoid of it is P(the model is right).
    double of(Reading reading);

    /// A model that the router was trained on.
    record Known(int position) implements ModelLogit {
        @Override
        public double of(Reading reading) {
            return reading.logits()[position];
        }
    }

    /// A model that was fitted from outcomes of its own.
    record Fitted(Ability ability) implements ModelLogit {
        @Override
        public double of(Reading reading) {
            return ability.logit(reading.skills());
        }
    }

    /// A model of which only the size is known: a fixed mixture of the known models' logits, see [DeclaredSize].
    record Declared(List<Double> weights) implements ModelLogit {
        @Override
        public double of(Reading reading) {
            var sum = 0.0;
            for (var model = 0; model < weights.size(); model++) {
                sum += weights.get(model) * reading.logits()[model];
            }
            return sum;
        }
    }
}
