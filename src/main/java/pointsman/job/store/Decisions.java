package pointsman.job.store;

import java.util.Arrays;
import java.util.Locale;
import pointsman.access.RoutesProperties;
import pointsman.access.TierPolicy;
import pointsman.fleet.Models;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.route.OnlyOne;
import pointsman.score.ScoreOutcome.Reason;

/// Decisions as the store keeps them: `scored 0.91 0.8 drop_1%_at_90% auto`, or a reason. Older gateways
/// wrote no route, and `named gpt-4o` of a model that only its provider has a name for.
final class Decisions {
    private static final String NO_PROMISE = "no_threshold_for_";
    private static final int WORDS_WITH_ROUTE = 5;

    private Decisions() {}

    static String text(Grounds grounds) {
        return switch (grounds) {
            case Decision.Scored scored ->
                "scored %s %s %s %s".formatted(scored.value(), scored.limit(), scored.promise(), scored.route());
            default -> grounds.reason();
        };
    }

    /// The decision of a text.
    ///
    /// @param model that answers, by its name
    static Grounds of(String model, String text) {
        var words = text.split(" ", -1);
        return switch (words[0]) {
            case "scored" ->
                new Decision.Scored(
                        model,
                        words.length < WORDS_WITH_ROUTE ? RoutesProperties.AUTO : words[4],
                        Double.parseDouble(words[1]),
                        Double.parseDouble(words[2]),
                        words[3]);
            case "named" -> new Decision.Pinned(words[1], TierPolicy.By.MODEL);
            case "pinned_by_model" -> new Decision.Pinned(model, TierPolicy.By.MODEL);
            case "pinned_by_tenant" -> new Decision.Pinned(model, TierPolicy.By.TENANT);
            case "pinned_by_route" -> new Decision.Pinned(model, TierPolicy.By.ROUTE);
            case "only_one" -> new OnlyOne(model);
            default -> model.equals(Models.EMBEDDINGS) ? new OnlyOne(model) : unscored(model, text);
        };
    }

    private static Decision unscored(String model, String text) {
        return text.startsWith(NO_PROMISE)
                ? new Decision.Unpromised(model, text.substring(NO_PROMISE.length()))
                : Arrays.stream(Reason.values())
                        .filter(reason -> reason.name().toLowerCase(Locale.ROOT).equals(text))
                        .<Decision>map(reason -> new Decision.Unscored(model, reason))
                        .findFirst()
                        .orElseGet(() -> new Decision.Beyond(model, text));
    }
}
