package pointsman.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.ReadLimits;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.Model;
import pointsman.score.ScoreOutcome;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;

class KeepersTest {
    private static final Tenant TENANT = new Tenant("acme", new TierPolicy.Threshold(0.8));
    private static final Model LARGE = SampleModel.named("large")
            .speaking(UpstreamDialect.OPENAI_CHAT, UpstreamDialect.OPENAI_RESPONSES)
            .model();
    private static final SampleRoutes ROUTES =
            SampleRoutes.of(SampleModel.named("small").model(), LARGE);
    private static final Router ROUTER =
            ROUTES.router((_, _) -> completedFuture(new ScoreOutcome.Scored(List.of(0.9))));

    @ParameterizedTest
    @CsvSource({"gAAAA==,large", "pointsman-summary:all of it,small"})
    void whatOpenAiHasSummedUpGoesToWhoCanReadIt(String sealed, String model) {
        var choice = ROUTER.choose(
                        TENANT,
                        read(
                                "auto",
                                "\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"%s\"},{\"role\":\"user\",\"content\":\"Hi\"}]"
                                        .formatted(sealed)))
                .join();

        assertThat(choice.model().name()).isEqualTo(model);
    }

    @Test
    void whereNobodyCanReadItTheOthersAnswer() {
        var small = SampleRoutes.of(
                SampleModel.named("small").model(), SampleModel.named("large").model());
        var router = small.router((_, _) -> completedFuture(new ScoreOutcome.Scored(List.of(0.9))));

        var choice = router.choose(
                        TENANT,
                        read(
                                "auto",
                                "\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"gAAAA==\"},{\"role\":\"user\",\"content\":\"Hi\"}]"))
                .join();

        assertThat(choice.model().name()).isEqualTo("small");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"previous_response_id\":\"resp_1\"",
                "\"input\":\"Hi\",\"conversation\":{\"id\":\"conv_1\"}",
                "\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]"
            })
    void whatIsKeptIsAskedOfOneModelAndNobodyStandsIn(String field) {
        var named = ROUTER.choose(TENANT, read("large", field)).join();

        assertThat(named.model().name()).isEqualTo("large");
        assertThat(named.next()).isEmpty();
        assertThatThrownBy(() -> ROUTER.choose(TENANT, read("auto", field)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure()).isInstanceOf(Failure.UnsupportedByUpstream.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"previous_response_id\":null", "\"background\":false", "\"conversation\":null"})
    void whatAsksForNothingIsNoReason(String field) {
        var choice =
                ROUTER.choose(TENANT, read("auto", "\"input\":\"Hi\"," + field)).join();

        assertThat(choice.model().name()).isEqualTo("small");
    }

    private static ModelRequest read(String model, String fields) {
        return new Dialects(new ReadLimits(64, 100, 100, 100_000))
                .read(
                        Dialect.OPENAI_RESPONSES,
                        Operation.CHAT,
                        "{\"model\":\"%s\",%s}".formatted(model, fields).getBytes(UTF_8));
    }
}
