package pointsman.job.store;

import java.util.Arrays;
import java.util.Locale;
import pointsman.access.TierPolicy;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.route.OnlyOne;
import pointsman.score.ScoreOutcome.Reason;

/// Decisions as the store keeps them: `scored 0.91 0.8 drop_1%_at_90%`, `named gpt-4o`, or a reason.
final class Decisions {
    private static final String NO_PROMISE = "no_threshold_for_";

    private Decisions() {}

    static String text(Grounds grounds) {
        return switch (grounds) {
            case Decision.Scored scored ->
                "scored %s %s %s".formatted(scored.value(), scored.limit(), scored.promise());
            case Decision.Named named -> "named " + named.model();
            default -> grounds.reason();
        };
    }

    /// @param upstream that answers, by its name
    static Grounds of(String upstream, String text) {
        return upstream.equals(Models.EMBEDDINGS)
                ? new OnlyOne()
                : of(Tier.valueOf(upstream.toUpperCase(Locale.ROOT)), text);
    }

    /// The decision of a text, where a tier answers.
    static Decision of(Tier tier, String text) {
        var words = text.split(" ", -1);
        return switch (words[0]) {
            case "scored" ->
                new Decision.Scored(tier, Double.parseDouble(words[1]), Double.parseDouble(words[2]), words[3]);
            case "named" -> new Decision.Named(tier, words[1]);
            case "pinned_by_model" -> new Decision.Pinned(tier, TierPolicy.By.MODEL);
            case "pinned_by_tenant" -> new Decision.Pinned(tier, TierPolicy.By.TENANT);
            default -> unscored(text);
        };
    }

    private static Decision unscored(String text) {
        return text.startsWith(NO_PROMISE)
                ? new Decision.Unpromised(text.substring(NO_PROMISE.length()))
                : Arrays.stream(Reason.values())
                        .filter(reason -> reason.name().toLowerCase(Locale.ROOT).equals(text))
                        .<Decision>map(Decision.Unscored::new)
                        .findFirst()
                        .orElseGet(() -> new Decision.BeyondSmall(text));
    }
}
