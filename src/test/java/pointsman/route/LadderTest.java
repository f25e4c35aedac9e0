package pointsman.route;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.Capability;
import pointsman.dialect.ModelRequest;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.Model;
import pointsman.score.ScoreOutcome;
import pointsman.score.ScoreOutcome.Reason;
import pointsman.testing.Chat;
import pointsman.testing.Requests;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;
import pointsman.usage.Price;
import pointsman.usage.Pricing;

/// The decision between three rungs.
class LadderTest {
    private static final Model TINY = SampleModel.named("tiny-1")
            .ableTo()
            .costing(SampleModel.dollars("1"))
            .runHere()
            .model();
    private static final Model MIDDLE = SampleModel.named("middle-1")
            .ableTo(Capability.TOOLS, Capability.N)
            .costing(SampleModel.dollars("3"))
            .at("https://api.openai.com/v1");
    private static final Model HUGE = SampleModel.named("huge-1")
            .ableTo(Capability.TOOLS, Capability.IMAGE)
            .costing(SampleModel.dollars("9"))
            .at("https://api.openai.com/v1");
    private static final Model SPARE = SampleModel.named("spare").model();
    private static final Tenant TENANT = new Tenant("acme", new TierPolicy.Threshold(List.of(0.8, 0.6)));
    private static final ModelRequest PLAIN = Requests.chat(Chat.ask("auto", "Hi"));
    private static final String TOOL = "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}]";
    private static final Failure AWAY = new Failure.UpstreamUnavailable("any", "reset", Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource({
        "0.9, 0.9, tiny-1, 0.9, 0.8",
        "0.8, 0.0, tiny-1, 0.8, 0.8",
        "0.7, 0.7, middle-1, 0.7, 0.6",
        "0.7, 0.5, huge-1, 0.5, 0.6"
    })
    void theCheapestRungThatIsGoodEnoughAnswers(
            double tiny, double middle, String model, double score, double threshold) {
        var choice = choose(TENANT, PLAIN, tiny, middle);

        assertThat(choice.model().name()).isEqualTo(model);
        assertThat(choice.grounds().score()).hasValue(score);
        assertThat(choice.grounds().threshold()).hasValue(threshold);
    }

    @Test
    void oneThresholdCountsForAllRungs() {
        var bold = new Tenant("acme", new TierPolicy.Threshold(0.5));

        assertThat(choose(bold, PLAIN, 0.4, 0.55).model()).isEqualTo(MIDDLE);
    }

    @Test
    void aRungThatCannotBeAskedIsNotWeighed() {
        var choice = choose(TENANT, with(TOOL), 1, 0.9);

        assertThat(choice.model()).isEqualTo(MIDDLE);
        assertThat(choice.grounds().reason()).isEqualTo("score_at_or_above_threshold");
        assertThat(choice.grounds().score()).hasValue(0.9);
    }

    @Test
    void whereOneRungAloneCanNothingIsScored() {
        var router = routes().router((_, _) -> {
            throw new IllegalStateException("nobody asks");
        });

        var choice = router.choose(TENANT, with("\"n\": 3")).join();

        assertThat(choice.model()).isEqualTo(MIDDLE);
        assertThat(choice.grounds()).isEqualTo(new Decision.Beyond("middle-1", "tiny-1_lacks_n"));
    }

    @Test
    void whatTheScoresCannotBeLikenedToGoesToTheLastRungThatCan() {
        var router = routes().router((_, _) -> completedFuture(new ScoreOutcome.Unscored(Reason.ROUTER_BUSY)));

        assertThat(router.choose(TENANT, PLAIN).join().grounds())
                .isEqualTo(new Decision.Unscored("huge-1", Reason.ROUTER_BUSY));
    }

    @Test
    void whereNoRungCanTheClientIsToldWhatEachLacks() {
        var refusal = catchThrowableOfType(
                FailureException.class, () -> choose(TENANT, with(TOOL + ", \"n\": 2, \"logprobs\": true"), 1, 1));

        assertThat(refusal.failure().status()).isEqualTo(400);
        assertThat(refusal.failure().code()).isEqualTo("no_model_can");
        assertThat(refusal.failure().message())
                .isEqualTo(
                        "No model of the route 'auto' can answer this. What each lacks: "
                                + "'tiny-1': tiny-1_lacks_tools, 'middle-1': middle-1_lacks_logprobs, 'huge-1': huge-1_lacks_logprobs.");
    }

    @Test
    void dearerRungsMayAnswerInItsPlaceAndThenTheRoutesFallbacks() {
        assertThat(choose(TENANT, PLAIN, 0.9, 0.9).next()).containsExactly(MIDDLE, HUGE, SPARE);
        assertThat(choose(TENANT, PLAIN, 0.1, 0.9).next()).containsExactly(HUGE, SPARE);
        assertThat(choose(TENANT, PLAIN, 0.1, 0.1).next()).containsExactly(SPARE);
    }

    @Test
    void aRungThatCannotBeAskedAnswersInNobodysPlace() {
        assertThat(choose(TENANT, with(TOOL), 0.9, 0.9).next()).containsExactly(HUGE, SPARE);
    }

    @Test
    void whoAnswersInsteadSaysForWhom() {
        var first = choose(TENANT, PLAIN, 0.9, 0.9).instead(AWAY.asException()).orElseThrow();
        var second = first.instead(AWAY.asException()).orElseThrow();

        assertThat(first.grounds().reason()).isEqualTo("tiny-1_unavailable");
        assertThat(second.grounds().reason()).isEqualTo("middle-1_unavailable");
        assertThat(second.model()).isEqualTo(HUGE);
        assertThat(second.grounds().score()).hasValue(0.9);
    }

    @Test
    void aRungSparesThePriceOfTheLast() {
        assertThat(choose(TENANT, PLAIN, 0.1, 0.9).otherwise()).isEqualTo(HUGE.price());
        assertThat(choose(TENANT, PLAIN, 0.1, 0.1).otherwise()).isEqualTo(Pricing.unknown());
    }

    @Test
    void ofThoseThatAreGoodEnoughTheOneThatThisCallCostsLeastAtAnswers() {
        var dearToRead = SampleModel.named("tiny-1").costing(price("6", "0.1")).model();
        var dearToHear = SampleModel.named("middle-1").costing(price("3", "9")).model();
        var router = SampleRoutes.of(dearToRead, dearToHear, HUGE).router(SampleRoutes.scoring(0.9, 0.9));
        var longPrompt = Requests.chat(Chat.ask("auto", "x".repeat(40_000)));

        assertThat(router.choose(TENANT, PLAIN).join().model()).isEqualTo(dearToRead);
        assertThat(router.choose(TENANT, longPrompt).join().model()).isEqualTo(dearToHear);
    }

    @Test
    void whereAPriceIsUnknownTheLadderCounts() {
        var unpriced = SampleModel.named("tiny-1").costing(Pricing.unknown()).model();
        var router = SampleRoutes.of(unpriced, MIDDLE, HUGE).router(SampleRoutes.scoring(0.9, 0.9));

        assertThat(router.choose(TENANT, PLAIN).join().model()).isEqualTo(unpriced);
    }

    @Test
    void whoStaysHereIsAnsweredHere() {
        var here = tenant("auto", true);

        assertThat(choose(here, PLAIN, 0.1, 0.1).model().name()).isEqualTo("tiny-1");
        assertThat(choose(here, PLAIN, 0.1, 0.1).grounds()).isEqualTo(new OnlyOne("tiny-1"));
        assertThatThrownBy(() -> choose(here, Requests.chat(Chat.ask("huge-1", "Hi")), 1, 1))
                .hasMessage("Tenant 'acme' is local-only, and the model 'huge-1' is not on this machine.");
    }

    @Test
    void aTenantsOwnRouteIsWhatAutoMeansToIt() {
        assertThat(choose(tenant("deep", false), PLAIN, 0.9).model()).isEqualTo(MIDDLE);
        assertThat(choose(tenant("auto", false), Requests.chat(Chat.ask("deep", "Hi")), 0.9)
                        .model())
                .isEqualTo(MIDDLE);
    }

    @Test
    void aPinnedRungAnswersEverything() {
        assertThat(choose(new Tenant("acme", new TierPolicy.Pinned("middle-1")), PLAIN, 0, 0)
                        .grounds())
                .isEqualTo(new Decision.Pinned("middle-1", TierPolicy.By.TENANT));
        assertThat(choose(new Tenant("acme", new TierPolicy.Pinned("small")), PLAIN, 0, 0)
                        .model())
                .isEqualTo(TINY);
    }

    @Test
    void aNamedModelIsAnsweredByItOrItsOwnFallbacks() {
        var alone = SampleModel.named("alone").fallingBackTo("spare", "nobody").model();
        var router = routes().beside(alone).router(SampleRoutes.scoring(1.0, 1.0));

        var choice =
                router.choose(TENANT, Requests.chat(Chat.ask("alone", "Hi"))).join();

        assertThat(choice.grounds()).isEqualTo(new Decision.Pinned("alone", TierPolicy.By.MODEL));
        assertThat(choice.next()).containsExactly(SPARE);
    }

    /// Two rungs of this machine, of which one is elsewhere, too, and a third that is elsewhere alone.
    private static Router splitRouter(SampleModel split) {
        var both = split.at(
                split.deployment("split@near", "http://127.0.0.1:9/v1", 1),
                split.deployment("split@far", "https://far.example/v1", 1));
        return SampleRoutes.of(TINY, both, HUGE).router(SampleRoutes.scoring(0.9, 0.9));
    }

    @Test
    void aJobOfATenantThatStaysHereFindsNothingElsewhere() {
        var router = splitRouter(SampleModel.named("split"));
        var chosen = router.choose(tenant("auto", true), PLAIN).join();

        var kept = router.to(chosen.grounds());

        assertThat(kept.model()).isEqualTo(chosen.model());
        assertThat(kept.next()).isEqualTo(chosen.next()).isNotEmpty();
        assertThat(kept.next())
                .allSatisfy(model -> assertThat(model.deployments()).allMatch(each -> each.staysHere()));
    }

    @Test
    void aModelThatIsElsewhereTooIsKnownAgainByWhatOfItIsHere() {
        var router = splitRouter(SampleModel.named("split"));
        var request = Requests.chat(Chat.ask("split", "Hi"));

        var kept = router.to(router.choose(tenant("auto", true), request).join().grounds());

        assertThat(kept.model().deployments()).extracting(each -> each.name()).containsExactly("split@near");
    }

    @Test
    void whatIsConfiguredNoMoreIsNotKnown() {
        var router = routes().router(SampleRoutes.scoring(0.9, 0.9));

        assertThat(router.knows(new Decision.Pinned("tiny-1", TierPolicy.By.MODEL)))
                .isTrue();
        assertThat(router.knows(new Decision.Pinned("gone-1", TierPolicy.By.MODEL)))
                .isFalse();
    }

    private static SampleRoutes routes() {
        var auto = SampleRoutes.ladder("auto", TINY, MIDDLE, HUGE);
        return SampleRoutes.of(new Ladder("auto", "", auto.rungs(), auto.policy(), List.of(SPARE)))
                .and(SampleRoutes.ladder("deep", MIDDLE, HUGE));
    }

    private static Choice choose(Tenant tenant, ModelRequest request, double... scores) {
        var values = Arrays.stream(scores).boxed().toArray(Double[]::new);
        return routes().router(SampleRoutes.scoring(values))
                .choose(tenant, request)
                .join();
    }

    private static ModelRequest with(String field) {
        return Requests.chat(Chat.with(Chat.ask("auto", "Hi"), field));
    }

    private static Tenant tenant(String route, boolean isLocalOnly) {
        return new Tenant("acme", null, Set.of(), route, isLocalOnly, Tenant.Targets.ANY);
    }

    private static Price price(String input, String output) {
        var read = new BigDecimal(input);
        return new Price(read, read, read, read, new BigDecimal(output));
    }
}
