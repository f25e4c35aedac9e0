package pointsman.route;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import pointsman.access.TierPolicy;
import pointsman.fleet.Tier;
import pointsman.score.ScoreOutcome;
import pointsman.score.ScoreOutcome.Reason;

/// Which tier answers a request, and why. Every decision can be told to the client and replayed from its parts.
public sealed interface Decision extends Grounds {
    /// The tier that answers: large, where a decision says no other.
    default Tier tier() {
        return Tier.LARGE;
    }

    /// What a policy decides for every request alike; empty if it wants to know each one's score.
    static Optional<Decision> foregone(TierPolicy policy) {
        return switch (policy) {
            case TierPolicy.Threshold _ -> Optional.empty();
            case TierPolicy.Pinned(var tier, var by) -> Optional.of(new Pinned(tier, by));
            case TierPolicy.Named(var tier, var model) -> Optional.of(new Named(tier, model));
            case TierPolicy.Unproved(var promise) -> Optional.of(new Unpromised(promise));
        };
    }

    /// What a threshold decides for a prompt of this outcome. Without a score the large tier answers.
    static Decision of(TierPolicy.Threshold policy, ScoreOutcome outcome) {
        return switch (outcome) {
            case ScoreOutcome.Scored(var score) ->
                new Scored(
                        score >= policy.threshold() ? Tier.SMALL : Tier.LARGE,
                        score,
                        policy.threshold(),
                        policy.promise());
            case ScoreOutcome.Unscored(var reason) -> new Unscored(reason);
        };
    }

    /// The router decided: at or above the threshold small answers.
    ///
    /// @param promise what was proved of the threshold, such as `drop_1%_at_90%`; empty if nothing was
    record Scored(Tier tier, double value, double limit, String promise) implements Decision {
        @Override
        public String reason() {
            var side = tier == Tier.SMALL ? "score_at_or_above_threshold" : "score_below_threshold";
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

    /// Nobody had to decide: the client named a tier or a model, or the tenant is pinned to one.
    record Pinned(Tier tier, TierPolicy.By by) implements Decision {
        @Override
        public String reason() {
            return "pinned_by_" + by.name().toLowerCase(Locale.ROOT);
        }
    }

    /// The client named a model of the provider behind a tier, though not the one that the tier has.
    record Named(Tier tier, String model) implements Decision {
        @Override
        public String reason() {
            return "pinned_by_model";
        }
    }

    /// The tenant wants a promise that no threshold was proved to keep, so the large tier answers.
    record Unpromised(String promise) implements Decision {
        @Override
        public String reason() {
            return "no_threshold_for_" + promise;
        }
    }

    /// There is no score, so the large tier answers: failing goes towards quality.
    record Unscored(Reason why) implements Decision {
        @Override
        public String reason() {
            return why.name().toLowerCase(Locale.ROOT);
        }
    }

    /// The small model cannot read the prompt (an image, a sound, more than its context), so the large tier
    /// answers.
    record BeyondSmall(String what) implements Decision {
        @Override
        public String reason() {
            return what;
        }
    }

    /// The router decided, and something else counted for more. Its score is told all the same.
    sealed interface Overruled extends Decision {
        /// What the router decided.
        Decision first();

        @Override
        default OptionalDouble score() {
            return first().score();
        }

        @Override
        default OptionalDouble threshold() {
            return first().threshold();
        }
    }

    /// Small should have answered but could not be reached before its first byte.
    record SmallUnavailable(Decision first) implements Overruled {
        @Override
        public String reason() {
            return "small_unavailable";
        }
    }

    /// Small should have answered, but cannot what this request asks for.
    ///
    /// @param what it cannot: `too_long`, `small_lacks_` and a field of the request, or `small_refused`
    record SmallCannot(Decision first, String what) implements Overruled {
        @Override
        public String reason() {
            return what;
        }
    }

    /// The conversation stays where its beginning is cached: to read it anew elsewhere would cost more.
    record Kept(Tier tier, Decision first) implements Overruled {
        @Override
        public String reason() {
            return "conversation_kept";
        }
    }
}
