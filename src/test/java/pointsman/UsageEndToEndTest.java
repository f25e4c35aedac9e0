package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Completions;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Meters;
import pointsman.testing.RawConnection;

/// Every answer is booked once, a stream like a buffered one, and whatever became of it.
///
/// A fake answer has 8 fresh and 4 cached tokens of prompt and 5 of answer. Small costs 1, 0.5 and 2 dollars per
/// million of them, so 20 micro-dollars an answer; large ten times that.
@Timeout(60)
class UsageEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SMALL = "tier=\"small\"", LARGE = "tier=\"large\"";
    private static final String TINY = "gen_ai_response_model=\"tiny-1\"";
    private static final String TOKENS = "gen_ai_client_token_usage_tokens_sum";

    private static final Gateway GATEWAY = Gateway.shared();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @CsvSource({"small,20", "large,200"})
    void aBufferedAnswerTellsItsCost(String model, String micros) throws Exception {
        var reply = client.chat(Chat.ask(model, "hello"));

        assertThat(reply.header("x-pointsman-cost-micros")).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buffered",
                "ok",
                "usage-in-last",
                "usage-null",
                "split-sse:3",
                "crlf-sse",
                "missing-usage-option"
            })
    void everyShapeOfAnAnswerCostsTheSame(String shape) throws Exception {
        var before = Meters.of(GATEWAY);

        switch (shape) {
            case "buffered" -> client.chat(Chat.ask("small", "hello"));
            case "missing-usage-option" ->
                client.chat(Chat.with(Chat.stream("small", "hello"), "\"stream_options\":{\"include_usage\":true}"));
            default -> client.chat(Chat.stream("small", Chat.mode(shape)));
        }

        assertBooked(before, "pointsman_cost_micros_total", 20, SMALL);
        assertBooked(before, "pointsman_saved_micros_total", 180, SMALL);
        assertBooked(before, TOKENS, Completions.PROMPT_TOKENS, TINY, "gen_ai_token_type=\"input\"");
        assertBooked(before, TOKENS, Completions.ANSWER_TOKENS, TINY, "gen_ai_token_type=\"output\"");
        assertBooked(before, "gen_ai_client_operation_duration_seconds_count", 1, TINY);
        assertBooked(before, "pointsman_decisions_total", 1, SMALL, "reason=\"pinned_by_model\"");
    }

    @Test
    void aLargeAnswerSavesNothing() throws Exception {
        var before = Meters.of(GATEWAY);

        client.chat(Chat.ask("large", "hello"));

        assertBooked(before, "pointsman_cost_micros_total", 200, LARGE);
        assertBooked(before, "pointsman_saved_micros_total", 0, LARGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerWithoutUsageIsEstimatedAndNotFree(boolean stream) throws Exception {
        var before = Meters.of(GATEWAY);
        var prompt = Chat.mode("no-usage") + " word".repeat(100);

        client.chat(stream ? Chat.stream("small", prompt) : Chat.ask("small", prompt));

        Eventually.holds("tokens are booked", PATIENCE, () -> {
            var after = Meters.of(GATEWAY);
            return after.sum(TOKENS, TINY, "input") - before.sum(TOKENS, TINY, "input") >= 50
                    && after.sum(TOKENS, TINY, "output") - before.sum(TOKENS, TINY, "output") >= 1;
        });
    }

    @Test
    void anEstimatedCostIsToldToo() throws Exception {
        var reply = client.chat(Chat.ask("small", Chat.mode("no-usage")));

        assertThat(reply.header("x-pointsman-cost-micros")).as(reply.toString()).matches("[1-9]\\d{0,3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt_tokens\":-5,\"completion_tokens\":7}",
                "{\"prompt_tokens\":1e30,\"completion_tokens\":7}",
                "{\"prompt_tokens\":99999999999999999999999,\"completion_tokens\":7}",
                "{\"prompt_tokens\":\"many\",\"completion_tokens\":null}",
                "{\"prompt_tokens\":3,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":900}}",
                "[]",
                "null",
                "7"
            })
    void absurdUsageIsNotBookedAsItStands(String usage) throws Exception {
        GATEWAY.small()
                .on(
                        "absurd",
                        (exchange, _) -> exchange.json(
                                200,
                                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"four token answer\"},"
                                        + "\"finish_reason\":\"stop\"}],\"usage\":" + usage + "}"));
        var before = Meters.of(GATEWAY);

        var reply = client.chat(Chat.ask("small", Chat.mode("absurd")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        Eventually.holds("a plausible number is booked", PATIENCE, () -> {
            var tokens = Meters.of(GATEWAY).sum(TOKENS, TINY, "input") - before.sum(TOKENS, TINY, "input");
            return tokens > 0 && tokens < 1000;
        });
    }

    @ParameterizedTest
    @CsvSource({"reset-mid-stream,failed", "error-mid-stream,failed"})
    void aStreamThatBreaksOffIsBookedForWhatCame(String mode, String ending) throws Exception {
        var before = Meters.of(GATEWAY);

        client.chat(Chat.stream("small", Chat.mode(mode)));

        Eventually.holds(
                "tokens are booked",
                PATIENCE,
                () -> Meters.of(GATEWAY).sum(TOKENS, TINY, "output") > before.sum(TOKENS, TINY, "output"));
        assertBooked(before, "pointsman_requests_total", 1, SMALL, "ending=\"" + ending + "\"");
    }

    @Test
    void aClientThatLeavesIsBookedForWhatCame() throws Exception {
        var before = Meters.of(GATEWAY);

        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.stream("small", Chat.mode("endless")));
            raw.readUntil("xxx");
            raw.reset();
        }

        Eventually.holds(
                "the cancelled call is booked",
                PATIENCE,
                () -> Meters.of(GATEWAY).sum(TOKENS, TINY, "output") > before.sum(TOKENS, TINY, "output"));
        assertBooked(before, "pointsman_requests_total", 1, SMALL, "ending=\"cancelled\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void aClientThatClosesAtTheLastByteWasAnswered(String path) throws Exception {
        var before = Meters.of(GATEWAY);
        GATEWAY.small().on("done-and-open", (exchange, _) -> {
            exchange.beginStream();
            for (var event : Completions.plain(exchange.model())) {
                exchange.chunk(event);
            }
            exchange.chunk(Completions.DONE);
            exchange.hang();
        });

        try (var raw = new RawConnection(GATEWAY)) {
            raw.post(path, Chat.with(Chat.stream("small", Chat.mode("done-and-open")), "\"max_tokens\":9"));
            raw.readUntil(path.endsWith("messages") ? "message_stop\"}" : "[DONE]");
        }

        assertBooked(before, "pointsman_requests_total", 1, SMALL, "ending=\"completed\"");
    }

    @Test
    void whatWasNeverAnsweredCostsNothing() throws Exception {
        var before = Meters.of(GATEWAY);

        client.chat(Chat.ask("small", Chat.mode("status:500")));
        client.chat(Chat.ask("nobody", "hello"));
        client.chat("{");

        assertThat(Meters.of(GATEWAY).sum("pointsman_cost_micros_total"))
                .isEqualTo(before.sum("pointsman_cost_micros_total"));
    }

    @Test
    void theMetersOfTheRoadAreThere() throws Exception {
        client.chat(Chat.ask("small", "hello"));

        var meters = Meters.of(GATEWAY);
        assertThat(meters.has("resilience4j_circuitbreaker_state")).isTrue();
        assertThat(meters.has("resilience4j_bulkhead_available_concurrent_calls"))
                .isTrue();
        assertThat(meters.has("gen_ai_client_token_usage")).isTrue();
        assertThat(meters.has("gen_ai_client_operation_duration")).isTrue();
        assertThat(meters.has("pointsman_decisions_total")).isTrue();
    }

    @Test
    void noMeterCarriesAPromptOrAModelThatAClientInvented() throws Exception {
        client.chat(Chat.ask("small", "canary-prompt"));
        client.chat(Chat.ask("canary-model", "hello"));
        client.get("/canary-path");

        assertThat(Meters.of(GATEWAY).toString()).doesNotContain("canary");
    }

    private static void assertBooked(Meters before, String meter, double amount, String... labels) throws Exception {
        Eventually.holds(meter + " grows by " + amount, PATIENCE, () -> {
            var grown = Meters.of(GATEWAY).sum(meter, labels) - before.sum(meter, labels);
            assertThat(grown).as(meter).isLessThanOrEqualTo(amount);
            return grown == amount;
        });
    }
}
