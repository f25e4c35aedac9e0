package pointsman.route;

import java.util.Locale;
import java.util.OptionalDouble;
import pointsman.access.TierPolicy;
import pointsman.score.ScoreOutcome.Reason;

/// Which model of a ladder answers a request, and why. Every decision can be told to the client and
/// replayed from its parts.
public sealed interface Decision extends Grounds {
    /// The router decided: the cheapest rung answers whose score reaches its threshold, else the last one.
    ///
    /// @param route the ladder's name
    /// @param value the score of the rung that answers; of the last, which has none, that of the best one
    ///     below it
    /// @param limit the threshold that it was compared with
    /// @param promise what was proved of the thresholds, such as `drop_1%_at_90%`; empty if nothing was
    record Scored(String model, String route, double value, double limit, String promise) implements Decision {
        /// Whether the score reached the threshold.
        public boolean isGoodEnough() {
            return value >= limit;
        }

        @Override
        public String reason() {
            var side = isGoodEnough() ? "score_at_or_above_threshold" : "score_below_threshold";
            return promise.isEmpty() ? side : side + "_for_" + promise;
        }

        @Override
        public OptionalDouble score() {
            return OptionalDouble.of(value);
        }

        @Override
        public OptionalDouble threshold() {
            return OptionalDouble.of(limit);
        }
    }

    /// Nobody had to decide: the client named a model, or the tenant or the route is pinned to one.
    record Pinned(String model, TierPolicy.By by) implements Decision {
        @Override
        public String reason() {
            return "pinned_by_" + by.name().toLowerCase(Locale.ROOT);
        }
    }

    /// Promised is what no threshold was proved to keep, so the last rung answers.
    record Unpromised(String model, String promise) implements Decision {
        @Override
        public String reason() {
            return "no_threshold_for_" + promise;
        }
    }

    /// There is no score, so the last rung answers: failing goes towards quality.
    record Unscored(String model, Reason why) implements Decision {
        @Override
        public String reason() {
            return why.name().toLowerCase(Locale.ROOT);
        }
    }

    /// One rung alone can be asked what the request asks for (an image to read, a long prompt to hold,
    /// tools to call), so nothing was left to decide.
    ///
    /// @param what the cheapest rung lacks
    record Beyond(String model, String what) implements Decision {
        @Override
        public String reason() {
            return what;
        }
    }

    /// Something counted for more than what was decided first, whose score is told all the same.
    sealed interface Overruled extends Decision {
        /// What was decided first.
        Grounds first();

        @Override
        default OptionalDouble score() {
            return first().score();
        }

        @Override
        default OptionalDouble threshold() {
            return first().threshold();
        }
    }

    /// Another should have answered but could not be reached before its first byte.
    record Unavailable(String model, Grounds first) implements Overruled {
        @Override
        public String reason() {
            return first().model() + "_unavailable";
        }
    }

    /// Another should have answered, but its first word was late, and this one spoke first.
    record Overtaken(String model, Grounds first) implements Overruled {
        @Override
        public String reason() {
            return first().model() + "_late";
        }
    }

    /// Another's answer broke off after its first word, and this one goes on with it.
    record BrokenOff(String model, Grounds first) implements Overruled {
        @Override
        public String reason() {
            return first().model() + "_broke_off";
        }
    }

    /// Another should have answered, but cannot what this request asks for.
    ///
    /// @param what it cannot: `too_long`, or its name with `_lacks_` and a field of the request, or with
    ///     `_refused`
    record Cannot(String model, Grounds first, String what) implements Overruled {
        @Override
        public String reason() {
            return what;
        }
    }

    /// The conversation stays where its beginning is cached: to read it anew elsewhere would cost more.
    record Kept(String model, Grounds first) implements Overruled {
        @Override
        public String reason() {
            return "conversation_kept";
        }
    }
}
