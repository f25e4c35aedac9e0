package pointsman.batch;

import java.util.Arrays;
import java.util.Locale;
import pointsman.score.ScoreOutcome.Reason;
import pointsman.tier.Decision;
import pointsman.tier.Tier;

/// Decisions as the store keeps them: `scored 0.91 0.8`, or a reason.
final class Decisions {
    private Decisions() {}

    static String text(Decision decision) {
        return decision instanceof Decision.Scored scored
                ? "scored %s %s".formatted(scored.value(), scored.limit())
                : decision.reason();
    }

    static Decision of(Tier tier, String text) {
        var words = text.split(" ", -1);
        return switch (words[0]) {
            case "scored" -> new Decision.Scored(tier, Double.parseDouble(words[1]), Double.parseDouble(words[2]));
            case "pinned_by_model" -> new Decision.Pinned(tier, Decision.Pinned.By.MODEL);
            case "pinned_by_tenant" -> new Decision.Pinned(tier, Decision.Pinned.By.TENANT);
            default ->
                Arrays.stream(Reason.values())
                        .filter(reason -> reason.name().toLowerCase(Locale.ROOT).equals(text))
                        .<Decision>map(Decision.Unscored::new)
                        .findFirst()
                        .orElseGet(() -> new Decision.BeyondSmall(text));
        };
    }
}
