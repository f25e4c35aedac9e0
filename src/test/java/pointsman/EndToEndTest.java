package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;
import pointsman.testing.Reply;

/// The running gateway as its users meet it: the names that choose, the headers that tell why, and the other routes.
@Timeout(60)
class EndToEndTest {
    private static final Gateway GATEWAY = Gateway.shared();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @CsvSource({
        "small,small,tiny-1",
        "large,large,huge-1",
        "tiny-1,small,tiny-1",
        "huge-1,large,huge-1",
        "cheap,small,tiny-1",
        "best,large,huge-1"
    })
    void aNameThatPinsIsAnsweredByItsTier(String name, String tier, String model) throws Exception {
        var reply = client.chat(Chat.ask(name, "hello"));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo(tier);
        assertThat(reply.header("x-pointsman-model")).isEqualTo(model);
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("pinned_by_model");
        assertThat(GATEWAY.upstream(tier).onlyCall().json().path("model").asString())
                .isEqualTo(model);
    }

    @Test
    void anEasyPromptGoesToSmallWithItsScore() throws Exception {
        var reply = client.chat(Chat.ask("auto", Chat.EASY));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).as(reply.toString()).isEqualTo("small");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("score_at_or_above_threshold");
        assertThat(score(reply)).isBetween(threshold(reply), 1.0);
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void aHardPromptGoesToLargeWithItsScore() throws Exception {
        var reply = client.chat(Chat.ask("auto", Chat.HARD));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).as(reply.toString()).isEqualTo("large");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("score_below_threshold");
        assertThat(score(reply)).isBetween(0.0, threshold(reply));
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void anAliasOfAutoIsRouted() throws Exception {
        var reply = client.chat(Chat.ask("gpt-4o", Chat.EASY));

        assertThat(reply.header("x-pointsman-reason")).as(reply.toString()).startsWith("score_");
    }

    @Test
    void theSamePromptGetsTheSameScoreStreamingOrNot() throws Exception {
        var buffered = client.chat(Chat.ask("auto", Chat.EASY));
        var streamed = client.chat(Chat.stream("auto", Chat.EASY));

        assertThat(streamed.header("x-pointsman-score")).isNotEmpty().isEqualTo(buffered.header("x-pointsman-score"));
        assertThat(streamed.header("content-type")).startsWith("text/event-stream");
        assertThat(buffered.header("content-type")).startsWith("application/json");
    }

    @Test
    void aPictureIsBeyondTheSmallModel() throws Exception {
        var body = """
                {"model":"auto","messages":[{"role":"user","content":[{"type":"text","text":"Hi"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""";

        var reply = client.chat(body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("large");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("image");
    }

    @Test
    void aSoundIsNotBeyondASmallModelThatHears() throws Exception {
        var body = """
                {"model":"auto","messages":[{"role":"user","content":[{"type":"text","text":"Hi"},
                {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}]}""";

        var reply = client.chat(body);

        assertThat(reply.header("x-pointsman-reason")).startsWith("score_");
    }

    @Test
    void everyAnswerHasARequestIdOfItsOwn() throws Exception {
        var first = client.chat(Chat.ask("small", "hello")).header("x-pointsman-request-id");
        var second = client.chat(Chat.ask("nobody", "hello")).header("x-pointsman-request-id");

        assertThat(first).isNotEmpty();
        assertThat(second).isNotEmpty().isNotEqualTo(first);
    }

    @Test
    void anUnknownModelIsNamedInA404() throws Exception {
        var reply = client.chat(Chat.ask("my-typo", "hello"));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.errorCode()).isEqualTo("model_not_found");
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo("model");
        assertThat(reply.json().path("error").path("message").asString()).contains("my-typo");
        assertThat(GATEWAY.small().calls()).isEmpty();
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void theListOfModelsHoldsEverythingThatCanBeCalled() throws Exception {
        var reply = client.get("/v1/models");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("object").asString()).isEqualTo("list");
        assertThat(reply.json()
                        .path("data")
                        .valueStream()
                        .map(model -> model.path("id").asString()))
                .contains("auto", "small", "large", "tiny-1", "huge-1", "gpt-4o", "cheap", "best");
        assertThat(reply.json().path("data").valueStream()).allSatisfy(model -> {
            assertThat(model.path("object").asString()).isEqualTo("model");
            assertThat(model.path("created").isIntegralNumber()).isTrue();
            assertThat(model.path("owned_by").isString()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/",
                "/v1/nothing",
                "/v2/chat/completions",
                "/v1/chat/completions/x",
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator/env",
                "/error",
                "/favicon.ico"
            })
    void aPathThatDoesNotExistIsA404InTheErrorShape(String path) throws Exception {
        var reply = client.get(path);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
        assertIsOpenAiError(reply, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/chat/completions",
        "PUT,/v1/chat/completions",
        "DELETE,/v1/chat/completions",
        "PATCH,/v1/chat/completions",
        "POST,/v1/models",
        "POST,/healthz",
        "DELETE,/readyz"
    })
    void anotherMethodIsA405InTheErrorShape(String method, String path) throws Exception {
        var reply = client.send(method, path, new byte[0]);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(405);
        assertIsOpenAiError(reply, "method_not_allowed");
    }

    @Test
    void theGatewayIsAliveAndReady() throws Exception {
        assertThat(client.get("/healthz").status()).isEqualTo(200);
        assertThat(client.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void theManagementPortShowsPrometheusAndHealthAndNothingElse() throws Exception {
        assertThat(client.management("/actuator/prometheus").status()).isEqualTo(200);
        assertThat(client.management("/actuator/health").status()).isEqualTo(200);
        for (var closed : new String[] {"env", "beans", "heapdump", "configprops", "loggers", "shutdown"}) {
            assertThat(client.management("/actuator/" + closed).status())
                    .as(closed)
                    .isEqualTo(404);
        }
    }

    @Test
    void answersOfConcurrentRequestsAreNotMixedUp() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 200)
                    .mapToObj(i -> (Callable<Reply>) () ->
                            client.chat(Chat.ask(i % 2 == 0 ? "small" : "large", "[[mode:echo]] nonce-" + i + "-")))
                    .toList();

            var replies = clients.invokeAll(asked);

            for (var i = 0; i < replies.size(); i++) {
                assertThat(replies.get(i).get().text()).contains("nonce-" + i + "-");
            }
        }
    }

    @Test
    void aHundredStreamsAtOnceAreAllWhole() throws Exception {
        var whole = String.join("", Completions.plain("tiny-1")) + Completions.DONE;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 100)
                    .mapToObj(i -> (Callable<Reply>) () -> client.chat(Chat.stream("small", "hello " + i)))
                    .toList();

            for (var reply : clients.invokeAll(asked)) {
                assertThat(reply.get().text()).isEqualTo(whole);
            }
        }
    }

    @Test
    void aBufferedAnswerComesByteForByte() throws Exception {
        var reply = client.chat(Chat.ask("small", "hello"));

        assertThat(reply.text()).isEqualTo(Completions.buffered("tiny-1"));
    }

    @Test
    void noAnswerIsKeptByAnyoneOnTheWay() throws Exception {
        client.chat(Chat.ask("small", "hello"));
        client.chat(Chat.ask("small", "hello"));

        assertThat(GATEWAY.small().calls()).hasSize(2);
    }

    private static void assertIsOpenAiError(Reply reply, String code) {
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.errorCode()).isEqualTo(code);
        var error = reply.json().path("error");
        assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(error.path("message").asString()).isNotBlank();
        assertThat(error.path("type").asString()).isNotBlank();
    }

    private static double score(Reply reply) {
        return Double.parseDouble(reply.header("x-pointsman-score"));
    }

    private static double threshold(Reply reply) {
        return Double.parseDouble(reply.header("x-pointsman-threshold"));
    }
}
