package pointsman.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.fleet.Model;
import pointsman.route.Choice;
import pointsman.route.Decision;
import pointsman.testing.Requests;
import pointsman.testing.SampleModel;
import pointsman.usage.Price;
import pointsman.usage.Pricing;
import pointsman.usage.TokenUsage;

class ConversationsTest {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final Model SMALL =
            SampleModel.named("small").costing(SampleModel.dollars("1")).model();
    private static final Model LARGE =
            SampleModel.named("large").costing(cached("10", "0.1")).model();
    private static final Choice TO_SMALL =
            new Choice(SMALL, new Decision.Scored("small", "auto", 0.9, 0.8, ""), List.of(LARGE), Pricing.unknown());

    private final AtomicLong nanos = new AtomicLong();
    private final Conversations conversations =
            new Conversations(new ChatProperties.Conversations(REMEMBERED, 10), nanos::get);

    @Test
    void whatLargeHasInItsCacheStaysThereWhileThatIsCheaper() {
        conversations.answered(turn("acme", 1), LARGE, usage(10_000));

        var kept = conversations.keep(turn("acme", 2), TO_SMALL);

        assertThat(kept.model()).isEqualTo(LARGE);
        assertThat(kept.grounds().reason()).isEqualTo("conversation_kept");
        assertThat(kept.grounds().score()).hasValue(0.9);
        assertThat(kept.next()).isEmpty();
    }

    @Test
    void whatIsShorterThanAnybodyCachesMoves() {
        conversations.answered(turn("acme", 1), LARGE, usage(1_023));

        assertThat(conversations.keep(turn("acme", 2), TO_SMALL)).isEqualTo(TO_SMALL);
    }

    @Test
    void whatCostsMoreThanToBeginAnewMoves() {
        var dear = SampleModel.named("large").costing(cached("10", "5")).model();
        conversations.answered(turn("acme", 1), dear, usage(10_000));

        assertThat(conversations.keep(turn("acme", 2), TO_SMALL)).isEqualTo(TO_SMALL);
    }

    @Test
    void whatGoesToLargeAnywayIsLeftAlone() {
        var toLarge = new Choice(LARGE, new Decision.Scored("large", "auto", 0.1, 0.8, ""));
        conversations.answered(turn("acme", 1), LARGE, usage(10_000));

        assertThat(conversations.keep(turn("acme", 2), toLarge)).isEqualTo(toLarge);
    }

    @Test
    void anAnswerOfSmallEndsTheStay() {
        conversations.answered(turn("acme", 1), LARGE, usage(10_000));
        conversations.answered(turn("acme", 2), SMALL, usage(10_000));

        assertThat(conversations.keep(turn("acme", 3), TO_SMALL)).isEqualTo(TO_SMALL);
    }

    @Test
    void nobodyStaysForAnotherTenantsWords() {
        conversations.answered(turn("acme", 1), LARGE, usage(10_000));

        assertThat(conversations.keep(turn("umbrella", 2), TO_SMALL)).isEqualTo(TO_SMALL);
    }

    @Test
    void aFirstTurnContinuesNothing() {
        conversations.answered(turn("acme", 1), LARGE, usage(10_000));

        assertThat(conversations.keep(turn("acme", 1), TO_SMALL)).isEqualTo(TO_SMALL);
    }

    @Test
    void whatWasLongAgoIsInNobodysCache() {
        conversations.answered(turn("acme", 1), LARGE, usage(10_000));
        nanos.addAndGet(REMEMBERED.toNanos());

        assertThat(conversations.keep(turn("acme", 2), TO_SMALL)).isEqualTo(TO_SMALL);
    }

    private static Price cached(String fresh, String cached) {
        var dollars = new BigDecimal(fresh);
        return new Price(dollars, new BigDecimal(cached), dollars, dollars, dollars);
    }

    private static TokenUsage usage(long prompt) {
        return new TokenUsage(prompt, 0, 0, 1, 0, false);
    }

    /// The same conversation, so many turns of its user long.
    private static Call turn(String tenant, int turns) {
        var user = "{\"role\": \"user\", \"content\": \"words\"}";
        var assistant = "{\"role\": \"assistant\", \"content\": \"answer\"}";
        var messages = user + (", " + assistant + ", " + user).repeat(turns - 1);
        return new Call(
                "id",
                new Tenant(tenant, new TierPolicy.Threshold(0.8)),
                Requests.chat("{\"model\": \"auto\", \"messages\": [%s]}".formatted(messages)),
                Map.of(),
                Wishes.NONE,
                0);
    }
}
