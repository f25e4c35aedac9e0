package pointsman.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.Operation;
import pointsman.dialect.ReadLimits;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.FailureException;
import pointsman.fleet.AnswerPart;
import pointsman.fleet.CallProperties;
import pointsman.fleet.Dispatcher;
import pointsman.testing.Chat;
import pointsman.testing.Defaults;
import pointsman.testing.Eventually;
import pointsman.testing.FakeUpstream;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;
import pointsman.usage.Ledger;
import pointsman.usage.Meters;

/// The path of a request, with real servers for its models and nothing around it.
@Timeout(30)
class ChatGatewayTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FakeUpstream small = FakeUpstream.start();
    private final FakeUpstream large = FakeUpstream.start();
    private UpstreamDialect largeSpeaks = UpstreamDialect.OPENAI_CHAT;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void closeUpstreams() throws Exception {
        small.close();
        large.close();
    }

    @Test
    void anAnswerSaysWhoGivesItAndWhy() {
        var answer = answer(chat("auto", ""));

        assertThat(answer.choice().model().name()).isEqualTo("small");
        assertThat(answer.choice().grounds().reason()).isEqualTo("score_at_or_above_threshold");
        assertThat(answer.first()).isInstanceOf(AnswerPart.Whole.class);
    }

    @Test
    void theFirstPartIsOneOfTheParts() {
        var answer = answer(chat("auto", ""));

        var parts = answer.parts().collectList().block(LIMIT);

        assertThat(parts).containsExactly(answer.first());
    }

    @Test
    void aStreamEndsWhole() throws Exception {
        var answer = answer(chat("auto", "\"stream\": true,"));

        var parts = answer.parts().collectList().block(LIMIT);

        assertThat(parts)
                .isNotNull()
                .last()
                .satisfies(part -> assertThat(part.isLast()).isTrue());
        Eventually.holds("it is booked", LIMIT, () -> booked("completed", "small") == 1);
    }

    @Test
    void whoeverIsReadToItsEndIsBookedOnce() throws Exception {
        answer(chat("auto", "")).parts().blockLast(LIMIT);

        Eventually.holds("it is booked", LIMIT, () -> booked("completed", "small") == 1);
        assertThat(booked("failed", "small") + booked("cancelled", "small")).isZero();
    }

    @Test
    void whoeverLeavesInTheMiddleCancelsTheUpstream() throws Exception {
        var answer = answer(call("auto", Chat.mode("hang-mid-stream"), "\"stream\": true,"));

        answer.parts().take(1).blockLast(LIMIT);

        Eventually.holds("it is booked", LIMIT, () -> booked("cancelled", "small") == 1);
    }

    @Test
    void largeStandsInBeforeTheFirstPart() {
        small.on("away", (exchange, _) -> exchange.close());
        large.on("away", "ok");

        var answer = answer(call("auto", Chat.mode("away"), ""));

        assertThat(answer.choice().model().name()).isEqualTo("large");
        assertThat(answer.choice().grounds().reason()).isEqualTo("small_unavailable");
    }

    @Test
    void whatAModelCannotBeAskedIsToldBeforeItIs() {
        largeSpeaks = UpstreamDialect.ANTHROPIC_MESSAGES;
        var wrong = call("large", "Hi", "\"n\": 3,");

        assertThatThrownBy(() -> answer(wrong)).isInstanceOf(FailureException.class);

        assertThat(large.calls()).isEmpty();
    }

    @Test
    void anUnknownModelIsNobodysCallAndIsNotBooked() {
        assertThatThrownBy(() -> answer(chat("gpt-17", ""))).isInstanceOf(FailureException.class);

        assertThat(meters.getMeters())
                .noneMatch(meter -> meter.getId().getName().equals("pointsman.requests"));
    }

    private double booked(String ending, String tier) {
        var counter = meters.find("pointsman.requests")
                .tag("ending", ending)
                .tag("tier", tier)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private Answer answer(Call call) {
        return requireNonNull(gateway().answer(call).block(LIMIT));
    }

    private ChatGateway gateway() {
        var routes = SampleRoutes.of(
                SampleModel.named("small").at(small.baseUrl()),
                SampleModel.named("large")
                        .speaking(largeSpeaks)
                        .costing(SampleModel.dollars("10"))
                        .at(large.baseUrl()));
        return new ChatGateway(
                routes.router(SampleRoutes.scoring(0.9)),
                new Dispatcher(routes.models(), Defaults.of("pointsman.upstreams", CallProperties.class), meters),
                new Ledger(new Meters(meters)),
                new Conversations(new ChatProperties.Conversations(Duration.ofMinutes(1), 10), Ticker.systemTicker()),
                new TokenCounts(),
                new GracefulStop(Duration.ofSeconds(1)),
                LIMIT);
    }

    private static Call chat(String model, String fields) {
        return call(model, "Hi", fields);
    }

    private static Call call(String model, String words, String fields) {
        var body = "{%s\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                .formatted(fields, model, words);
        return new Call(
                "id",
                new Tenant("acme", new TierPolicy.Threshold(0.8)),
                new Dialects(new ReadLimits(64, 100, 100, 100_000))
                        .read(Dialect.OPENAI_CHAT, Operation.CHAT, body.getBytes(UTF_8)),
                Map.of(),
                Wishes.NONE,
                System.nanoTime());
    }
}
