package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Call;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Completions;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Reply;
import pointsman.testing.SharedGateway;

/// What the gateway does about a failing upstream: another attempt, the other tier, or a refusal in good
/// time.
@Timeout(60)
class FallbackEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Gateway GATEWAY = SharedGateway.NARROW.get();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @CsvSource({"500,2", "502,1", "503,2", "529,1"})
    void aFailureThatMayPassIsTriedAgain(int status, int failures) throws Exception {
        var mode = Chat.mode("fail-then-ok:" + failures + "," + status);
        for (var body : new String[] {Chat.ask("small", mode), Chat.stream("small", mode)}) {
            GATEWAY.forget();

            var reply = client.chat(body);

            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            assertThat(GATEWAY.small().calls()).hasSize(failures + 1);
            assertThat(GATEWAY.small().calls().stream().map(Call::text).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void threeAttemptsAreAll() throws Exception {
        var reply = client.chat(Chat.ask("small", Chat.mode("fail-then-ok:3,503")));

        assertThat(reply.status()).isIn(502, 503);
        assertThat(GATEWAY.small().calls()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void aRefusalIsNotTriedAgain(int status) throws Exception {
        client.chat(Chat.ask("small", Chat.mode("status:" + status)));

        assertThat(GATEWAY.small().calls()).hasSize(1);
    }

    @Test
    void aRefusalInHtmlIsNotTriedAgainEither() throws Exception {
        GATEWAY.small().on("html-404", (exchange, _) -> exchange.whole(404, "text/html", new byte[] {'<', 'p', '>'}));

        client.chat(Chat.ask("small", Chat.mode("html-404")));

        assertThat(GATEWAY.small().calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset-mid-stream", "close-mid-stream", "error-mid-stream", "end-mid-stream"})
    void whatBreaksOffAtEveryModelEndsInAnErrorAfterAFewCalls(String mode) throws Exception {
        var reply = client.chat(Chat.stream("auto", Chat.mode(mode)));

        assertThat(reply.isDone()).isFalse();
        assertThat(GATEWAY.small().calls()).hasSize(2);
        assertThat(GATEWAY.large().calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatSmallCannotAnswerLargeDoesAndSaysSo(boolean stream) throws Exception {
        GATEWAY.large().on("status", (exchange, _) -> {
            if (exchange.streams()) {
                exchange.stream(Completions.plain(exchange.model()));
            } else {
                exchange.json(200, Completions.buffered(exchange.model()));
            }
        });
        var prompt = Chat.mode("status:503");

        var reply = client.chat(stream ? Chat.stream("auto", prompt) : Chat.ask("auto", prompt));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("large");
        assertThat(reply.header("x-pointsman-model")).isEqualTo("huge-1");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("small_unavailable");
        assertThat(GATEWAY.large().onlyCall().json().path("model").asString()).isEqualTo("huge-1");
    }

    @Test
    void aSmallThatRefusesConnectionsIsUnavailableAndLargeStandsInForIt() throws Exception {
        var stranded = SharedGateway.APART.get().client();
        var key = new String[] {"authorization", "Bearer " + SharedGateway.key("stranded")};

        var pinned = stranded.chat(Chat.ask("small", "hello"), key);
        var streamed = stranded.chat(Chat.stream("small", "hello"), key);
        var routed = stranded.chat(Chat.ask("auto", "hello"), key);

        assertThat(pinned.status()).as(pinned.toString()).isEqualTo(503);
        assertThat(pinned.errorCode()).isEqualTo("upstream_unavailable");
        assertThat(pinned.text()).doesNotContain("127.0.0.1");
        assertThat(streamed.errorCode()).isEqualTo("upstream_unavailable");
        assertThat(routed.status()).as(routed.toString()).isEqualTo(200);
        assertThat(routed.header("x-pointsman-reason")).isEqualTo("small_unavailable");
    }

    @Test
    void aPinnedSmallIsNotReplacedByLarge() throws Exception {
        var reply = client.chat(Chat.ask("small", Chat.mode("status:503")));

        assertThat(reply.status()).isIn(502, 503);
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void aRequestThatSmallCallsWrongIsNotOfferedToLarge() throws Exception {
        var reply = client.chat(Chat.ask("auto", Chat.mode("status:400")));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, context_length_exceeded, too_long",
        "413, request_too_large, too_long",
        "404, model_not_found, small_unavailable",
        "400, unsupported_value, small_refused"
    })
    void whatOnlySmallCannotGoesToLargeAndSaysSo(int status, String code, String reason) throws Exception {
        refuseAtSmall(status, code);

        var reply = client.chat(Chat.ask("auto", Chat.mode("refuse")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("large");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo(reason);
        assertThat(GATEWAY.small().calls()).hasSize(1);
    }

    @Test
    void whatSmallWillNotSayIsNotAskedOfLarge() throws Exception {
        refuseAtSmall(400, "content_policy_violation");

        var reply = client.chat(Chat.ask("auto", Chat.mode("refuse")));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void aStreamThatBeginsWithAnErrorGoesToLarge() throws Exception {
        GATEWAY.small().on("error-first", (exchange, _) -> {
            exchange.beginStream();
            exchange.chunk("data: {\"error\": {\"message\": \"Overloaded\"}}\n\n");
            exchange.end();
        });
        GATEWAY.large().on("error-first", (exchange, _) -> exchange.stream(Completions.plain(exchange.model())));

        var reply = client.chat(Chat.stream("auto", Chat.mode("error-first")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("large");
        assertThat(reply.isDone()).isTrue();
    }

    private static void refuseAtSmall(int status, String code) {
        GATEWAY.small()
                .on(
                        "refuse",
                        (exchange, _) -> exchange.json(
                                status, "{\"error\":{\"message\":\"no\",\"code\":\"%s\"}}".formatted(code)));
        GATEWAY.large().on("refuse", (exchange, _) -> exchange.json(200, Completions.buffered(exchange.model())));
    }

    @Test
    void oneCallMoreThanMayBeInFlightIsRefusedAtOnceAndTheNextIsServed() throws Exception {
        var release = new CountDownLatch(1);
        GATEWAY.large().on("hold", (exchange, _) -> {
            release.await();
            exchange.json(200, Completions.buffered(exchange.model()));
        });
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = new ArrayList<Future<Reply>>();
            for (var i = 0; i < 4; i++) {
                held.add(clients.submit(() -> client.chat(Chat.ask("large", Chat.mode("hold")))));
                GATEWAY.large().awaitCall();
            }

            var refused = client.chat(Chat.ask("large", "hello"));
            var elsewhere = client.chat(Chat.ask("small", "hello"));
            release.countDown();

            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.errorCode()).isEqualTo("overloaded");
            assertThat(Long.parseLong(refused.header("retry-after"))).isPositive();
            assertThat(elsewhere.status()).isEqualTo(200);
            for (var answer : held) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        } finally {
            release.countDown();
        }
        Eventually.holds(
                "a place is free again",
                PATIENCE,
                () -> client.chat(Chat.ask("large", "hello")).status() == 200);
    }
}
