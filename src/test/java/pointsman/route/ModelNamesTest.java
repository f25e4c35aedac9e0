package pointsman.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.StartRefused;
import pointsman.fleet.Address;
import pointsman.fleet.KeyRing;
import pointsman.fleet.Provider;
import pointsman.testing.Defaults;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;

/// What the name of a model asks for.
class ModelNamesTest {
    private static final Provider OPENAI = new Provider(
            "openai",
            List.of(UpstreamDialect.OPENAI_CHAT),
            Address.of("https://api.openai.com/v1"),
            new KeyRing(List.of()),
            List.of("gpt-*"),
            Defaults.limits());
    private static final SampleRoutes ROUTES = SampleRoutes.of(
                    SampleModel.named("tiny-1").model(),
                    SampleModel.named("huge-1").model())
            .and(SampleRoutes.ladder("code", SampleModel.named("coder").model()))
            .beside(SampleModel.named("embeddings").model());

    @ParameterizedTest
    @CsvSource({
        "auto, ladder auto",
        "code, ladder code",
        "small, model tiny-1",
        "large, model huge-1",
        "coder, model coder",
        "embeddings, model embeddings",
        "tiny, model tiny-1"
    })
    void aNameOfOursIsKnown(String name, String route) {
        assertThat(meaning(ROUTES, name)).contains(route);
    }

    @Test
    void anAliasStandsForAnyOfThem() {
        var routes = ROUTES.alias("best", "large").alias("mine", "code");

        assertThat(meaning(routes, "best")).contains("model huge-1");
        assertThat(meaning(routes, "mine")).contains("ladder code");
    }

    @Test
    void anAliasForNothingIsRefused() {
        assertThatThrownBy(() -> ROUTES.alias("best", "nobody").names())
                .isInstanceOf(StartRefused.class)
                .hasMessage("pointsman.tier.aliases.best: there is no model 'nobody'");
    }

    @Test
    void whatAProviderServesIsAskedThereByItsOwnName() {
        var routes = ROUTES.servedBy(OPENAI);

        assertThat(routes.names().route("gpt-4o")).hasValueSatisfying(route -> {
            var model = ((Route.ToModel) route).model();
            assertThat(model.name()).isEqualTo("openai/gpt-4o");
            assertThat(model.id()).isEqualTo("gpt-4o");
        });
    }

    @Test
    void aProvidersNameAndAStrokeLeadToWhateverItKnows() {
        assertThat(meaning(ROUTES.servedBy(OPENAI), "openai/ft:mine")).contains("model openai/ft:mine");
        assertThat(meaning(ROUTES.servedBy(OPENAI), "groq/llama")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/", "openai/a\nb", "openai/ a", "gpt-\u00fc"})
    void whatCannotStandInAHeaderIsNoName(String name) {
        assertThat(meaning(ROUTES.servedBy(OPENAI), name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini, model tiny-1",
        "gpt-4o, ladder auto",
        "gpt-5, model openai/gpt-5",
        "claude-x, model openai/claude-x",
        "o1, ''"
    })
    void theFirstPatternThatFitsCounts(String name, String route) {
        var routes = ROUTES.servedBy(OPENAI)
                .pattern("*-mini", "small")
                .pattern("gpt-4*", "auto")
                .pattern("gpt-*", "provider")
                .pattern("claude-*", "openai")
                .pattern("o1*", "refuse");

        assertThat(meaning(routes, name).orElse("")).isEqualTo(route);
    }

    @Test
    void whatIsRefusedIsRefusedWhoeverServesIt() {
        assertThat(meaning(ROUTES.servedBy(OPENAI).pattern("gpt-*", "refuse"), "gpt-4o"))
                .isEmpty();
    }

    @Test
    void aPatternNeverHidesANameOfOurs() {
        assertThat(meaning(ROUTES.pattern("*", "refuse"), "huge-1")).contains("model huge-1");
    }

    @Test
    void aPatternForNothingIsRefused() {
        assertThatThrownBy(() -> ROUTES.pattern("gpt-*", "nobody").names())
                .isInstanceOf(StartRefused.class)
                .hasMessage("pointsman.names, gpt-*: there is no model 'nobody'");
    }

    @Test
    void aWellKnownNameMeansAutoWhereNobodyHasAKey() {
        assertThat(meaning(ROUTES.withoutKeys(), "gpt-4o")).contains("ladder auto");
        assertThat(meaning(ROUTES, "gpt-4o")).isEmpty();
    }

    @Test
    void onlyWhatNothingIsCalledIsImplied() {
        var names = ROUTES.servedBy(OPENAI).names();

        assertThat(names.isImplied("gpt-4o")).isTrue();
        assertThat(names.isImplied("huge-1")).isFalse();
        assertThat(names.isImplied("nobody")).isFalse();
    }

    @Test
    void theVirtualNamesAreListedFirst() {
        assertThat(ROUTES.names().all())
                .startsWith("auto", "small", "large")
                .contains("code", "tiny-1", "huge-1", "coder", "embeddings");
    }

    private static Optional<String> meaning(SampleRoutes routes, String name) {
        return routes.names().route(name).map(route -> switch (route) {
            case Route.ToLadder(var ladder) -> "ladder " + ladder.name();
            case Route.ToModel(var model) -> "model " + model.name();
        });
    }
}
