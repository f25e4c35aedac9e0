package pointsman.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.Capability;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.ReadLimits;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.Failure;
import pointsman.fleet.Model;
import pointsman.score.ScoreOutcome;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;
import pointsman.usage.Pricing;

class RouterTest {
    private static final Model LARGE =
            SampleModel.named("large").reading(Capability.DOCUMENT).model();
    private static final SampleRoutes ROUTES = SampleRoutes.of(
                    SampleModel.named("small")
                            .holding(1_000)
                            .reading(Capability.IMAGE)
                            .model(),
                    LARGE)
            .beside(SampleModel.named("embeddings").model())
            .alias("mine", "auto");
    private static final Tenant TENANT = new Tenant("acme", new TierPolicy.Threshold(0.8));

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"0.9, small", "0.8, small", "0.79, large"})
    void theScoreChoosesTheModel(double score, String model) {
        var choice = router(score).choose(TENANT, chat("auto", "\"Hi\"")).join();

        assertThat(choice.model().name()).isEqualTo(model);
        assertThat(choice.grounds().score()).hasValue(score);
        assertThat(asked).containsExactly("Hi by ");
    }

    @Test
    void largeMayStandInForWhatTheScoreGaveToSmall() {
        var choice = router(0.9).choose(TENANT, chat("auto", "\"Hi\"")).join();

        var instead =
                choice.instead(new Failure.UpstreamUnavailable("small", "reset", Duration.ofSeconds(1)).asException());

        assertThat(instead).hasValueSatisfying(other -> {
            assertThat(other.model().name()).isEqualTo("large");
            assertThat(other.grounds().reason()).isEqualTo("small_unavailable");
            assertThat(other.next()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void nobodyStandsInForAModelThatWasNamed(String name) {
        var choice = router(0.1).choose(TENANT, chat(name, "\"Hi\"")).join();

        assertThat(choice.model().name()).isEqualTo(name);
        assertThat(choice.grounds().reason()).isEqualTo("pinned_by_model");
        assertThat(choice.next()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void anAliasMeansWhatItStandsFor() {
        assertThat(router(0.9)
                        .choose(TENANT, chat("mine", "\"Hi\""))
                        .join()
                        .model()
                        .name())
                .isEqualTo("small");
    }

    @Test
    void whatSmallCannotReadIsNotScored() {
        var pdf = "[{\"type\": \"file\", \"file\": {\"file_data\": \"data:application/pdf;base64,AA\"}}]";

        var choice = router(0.9).choose(TENANT, chat("auto", pdf)).join();

        assertThat(choice.model().name()).isEqualTo("large");
        assertThat(choice.grounds().reason()).isEqualTo("document");
        assertThat(asked).isEmpty();
    }

    @Test
    void whatSmallCannotHoldIsNotScored() {
        var choice = router(0.9)
                .choose(TENANT, chat("auto", "\"" + "x".repeat(4_000) + "\""))
                .join();

        assertThat(choice.grounds().reason()).isEqualTo("too_long");
        assertThat(asked).isEmpty();
    }

    @Test
    void withoutAScoreLargeAnswers() {
        var router = router(completedFuture(new ScoreOutcome.Unscored(ScoreOutcome.Reason.ROUTER_BUSY)));

        var choice = router.choose(TENANT, chat("auto", "\"Hi\"")).join();

        assertThat(choice.model().name()).isEqualTo("large");
        assertThat(choice.grounds().reason()).isEqualTo("router_busy");
    }

    @Test
    void whoNoLongerWantsAChoiceTakesItsPromptOutOfTheQueue() {
        var score = new CompletableFuture<ScoreOutcome>();

        router(score).choose(TENANT, chat("auto", "\"Hi\"")).cancel(false);

        assertThat(score).isCancelled();
    }

    @Test
    void aModelThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> router(0.9).choose(TENANT, chat("gpt-17", "\"Hi\"")))
                .hasMessageContaining("gpt-17");
    }

    @Test
    void aModelThatATenantMayNotCallIsRefused() {
        var limited =
                new Tenant("acme", new TierPolicy.Threshold(0.8), Set.of("small"), "auto", false, Tenant.Targets.ANY);

        assertThatThrownBy(() -> router(0.9).choose(limited, chat("auto", "\"Hi\"")))
                .hasMessageContaining("acme");
        assertThat(asked).isEmpty();
    }

    @Test
    void aModelThatMakesEmbeddingsDoesNotChat() {
        assertThatThrownBy(() -> router(0.9).choose(TENANT, chat("embeddings", "\"Hi\"")))
                .hasMessageContaining("makes embeddings and nothing else");
    }

    @Test
    void aRequestOfABatchThatSmallCannotBeAskedGoesToLargeBeforeItIsSent() {
        var router = router(0.9);
        var request = chat("auto", "\"Hi\"");
        var lame = new Choice(
                SampleModel.named("small")
                        .speaking(UpstreamDialect.ANTHROPIC_MESSAGES)
                        .model(),
                router.choose(TENANT, request).join().grounds(),
                List.of(LARGE),
                Pricing.unknown());

        var able = lame.able("acme", withN(request));

        assertThat(able.model().name()).isEqualTo("large");
        assertThat(able.grounds().reason()).isEqualTo("small_lacks_n");
    }

    private Router router(double score) {
        return router(completedFuture(new ScoreOutcome.Scored(List.of(score))));
    }

    private Router router(CompletableFuture<ScoreOutcome> score) {
        return ROUTES.router((text, ladder) -> {
            asked.add(text + " by " + ladder);
            return score;
        });
    }

    private static ModelRequest chat(String model, String content) {
        return read(
                "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": %s}]}".formatted(model, content));
    }

    private static ModelRequest withN(ModelRequest request) {
        return read("{\"model\": \"%s\", \"n\": 3, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}"
                .formatted(request.model()));
    }

    private static ModelRequest read(String body) {
        return new Dialects(new ReadLimits(64, 100, 100, 100_000))
                .read(Dialect.OPENAI_CHAT, Operation.CHAT, body.getBytes(UTF_8));
    }
}
