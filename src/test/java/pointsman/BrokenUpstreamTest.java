package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
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
import pointsman.testing.Events;
import pointsman.testing.FakeUpstream;
import pointsman.testing.Gateway;
import pointsman.testing.Reply;

/// Every way in which a provider fails, buffered and streaming: the right status, the error shape, and
/// never an answer that looks finished and is not. One attempt each and a breaker that never opens, so that
/// each failure stands alone.
@Timeout(60)
class BrokenUpstreamTest {
    private static final Gateway GATEWAY = Gateway.hurried();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @CsvSource({
        "status:500,           502 503, upstream_error upstream_unavailable",
        "status:501,           502 503, upstream_error upstream_unavailable",
        "status:502,           502 503, upstream_error upstream_unavailable",
        "status:503,           502 503, upstream_error upstream_unavailable",
        "status:504,           502 503 504, upstream_error upstream_unavailable upstream_timeout",
        "status:529,           502 503, upstream_error upstream_unavailable",
        "status:401,           502,     upstream_auth",
        "status:403,           502,     upstream_auth",
        "status:429,           429,     upstream_rate_limited",
        "status:418,           502,     upstream_error upstream_invalid_answer",
        "status:302,           502,     upstream_error upstream_invalid_answer",
        "html-200,             502,     upstream_invalid_answer",
        "html-502,             502 503, upstream_error upstream_unavailable",
        "redirect:/v1/models,  502,     upstream_error upstream_invalid_answer",
        "hang,                 504,     upstream_timeout",
        "slow-first-byte:5000, 504,     upstream_timeout",
        "reset-before-headers, 502 503, upstream_unavailable upstream_invalid_answer",
        "close-before-headers, 502 503, upstream_unavailable upstream_invalid_answer",
        "reset-mid-headers,    502 503, upstream_unavailable upstream_invalid_answer",
        "empty-body,           502,     upstream_invalid_answer",
        "garbage-json,         502,     upstream_invalid_answer",
        "truncated-json,       502,     upstream_invalid_answer",
        "json-array,           502,     upstream_invalid_answer",
        "invalid-utf8,         502,     upstream_invalid_answer"
    })
    void aFailureBeforeTheFirstByteIsAStatusOfItsOwn(String mode, String statuses, String codes) throws Exception {
        for (var body : List.of(Chat.ask("small", Chat.mode(mode)), Chat.stream("small", Chat.mode(mode)))) {
            var reply = client.chat(body);

            assertThat(Integer.toString(reply.status())).as(reply.toString()).isIn(words(statuses));
            assertThat(reply.errorCode()).isIn(words(codes));
            assertIsHonestError(reply);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hang-mid-stream,  504,     upstream_timeout upstream_stream_broken",
        "reset-mid-stream, 502 503, upstream_unavailable upstream_invalid_answer upstream_stream_broken",
        "close-mid-stream, 502 503, upstream_unavailable upstream_invalid_answer upstream_stream_broken",
        "bad-chunk,        502 503, upstream_unavailable upstream_invalid_answer upstream_stream_broken"
    })
    void aBufferedAnswerThatBreaksOffIsNoAnswer(String mode, String statuses, String codes) throws Exception {
        var reply = client.chat(Chat.ask("small", Chat.mode(mode)));

        assertThat(Integer.toString(reply.status())).as(reply.toString()).isIn(words(statuses));
        assertThat(reply.errorCode()).isIn(words(codes));
        assertIsHonestError(reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hang-mid-stream",
                "reset-mid-stream",
                "close-mid-stream",
                "end-mid-stream",
                "bad-chunk",
                "error-mid-stream",
                "no-finish"
            })
    void aStreamThatBreaksOffEndsWithAnErrorEvent(String mode) throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode(mode)));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.isDone()).as(reply.toString()).isFalse();
        assertThat(reply.text()).startsWith(Completions.plain("tiny-1").getFirst());
        assertEndsWithOneErrorEvent(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage-sse", "empty-stream", "endless-line", "huge-line:5000000"})
    void aStreamOfRubbishIsAnErrorAndNeverDone(String mode) throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode(mode)));

        assertThat(reply.isDone()).isFalse();
        if (reply.status() == 200) {
            assertEndsWithOneErrorEvent(reply);
        } else {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(502);
            assertThat(reply.errorCode()).startsWith("upstream_");
        }
    }

    @Test
    void aStreamThatNeverEndsIsEndedByTheTotalTimeLimit() throws Exception {
        GATEWAY.small().on("drip", (exchange, _) -> {
            exchange.beginStream();
            do {
                exchange.chunk(Completions.plain(exchange.model()).get(1));
            } while (exchange.pause(Duration.ofMillis(100)));
        });

        var reply = client.chat(Chat.stream("small", Chat.mode("drip")));

        assertEndsWithOneErrorEvent(reply);
        assertThat(reply.isDone()).isFalse();
        assertThat(GATEWAY.small().onlyCall().awaitEnding(Duration.ofSeconds(2)))
                .isEqualTo(Call.Ending.CALLER_GONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 5\r\ncontent-length: 6",
                "x-odd: a\0b\r\ncontent-length: 2",
                "content-length: many",
                "x-bad name: a"
            })
    void headersThatAreNoHttpAreAnInvalidAnswer(String headers) throws Exception {
        GATEWAY.small().on("odd-headers", (exchange, _) -> {
            exchange.raw(
                    ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n" + headers + "\r\n\r\n{}").getBytes(UTF_8));
            exchange.close();
        });

        var reply = client.chat(Chat.ask("small", Chat.mode("odd-headers")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(502);
        assertThat(reply.errorCode()).isEqualTo("upstream_invalid_answer");
    }

    @Test
    void interimResponsesBeforeTheAnswerAreDropped() throws Exception {
        GATEWAY.small().on("early-hints", (exchange, _) -> {
            exchange.raw(
                    "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n".getBytes(UTF_8));
            exchange.whole(
                    200,
                    "application/json",
                    Completions.buffered(exchange.model()).getBytes(UTF_8));
        });

        var reply = client.chat(Chat.ask("small", Chat.mode("early-hints")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(Completions.buffered("tiny-1"));
    }

    @Test
    void anErrorAsTheFirstEventIsAStatusNotAStream() throws Exception {
        GATEWAY.small()
                .on(
                        "error-first",
                        (exchange, _) -> exchange.stream(
                                List.of("data: " + Completions.error("Overloaded.") + "\n\n", Completions.DONE)));

        var reply = client.chat(Chat.stream("small", Chat.mode("error-first")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(502);
        assertThat(reply.errorCode()).startsWith("upstream_");
        assertThat(reply.isDone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Application/JSON", "application/json;charset=utf-8", "application/json ; charset=UTF-8"})
    void theUpstreamMaySpellItsContentTypeAsItLikes(String type) throws Exception {
        GATEWAY.small()
                .on(
                        "typed",
                        (exchange, _) -> exchange.whole(
                                200,
                                type,
                                Completions.buffered(exchange.model()).getBytes(UTF_8)));

        assertThat(client.chat(Chat.ask("small", Chat.mode("typed"))).status()).isEqualTo(200);
    }

    @Test
    void jsonInsteadOfAStreamIsAnInvalidAnswer() throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode("json-for-stream")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(502);
        assertThat(reply.errorCode()).isEqualTo("upstream_invalid_answer");
    }

    @Test
    void aWholeStreamThatOnlyLacksDoneIsGivenIt() throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode("missing-done")));

        assertThat(reply.text()).isEqualTo(String.join("", Completions.plain("tiny-1")) + Completions.DONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 413, 422})
    void theUpstreamsOwnRefusalOfARequestPassesInItsOwnWords(int status) throws Exception {
        for (var body : List.of(
                Chat.ask("small", Chat.mode("status:" + status)),
                Chat.stream("small", Chat.mode("status:" + status)))) {
            var reply = client.chat(body);

            assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
            assertThat(reply.header("content-type")).startsWith("application/json");
            assertThat(reply.text()).isEqualTo(Completions.error("Fake failure " + status + "."));
        }
    }

    @Test
    void aRefusalThatIsNotJsonIsReplacedByOurs() throws Exception {
        GATEWAY.small()
                .on("html-400", (exchange, _) -> exchange.whole(400, "text/html", "<h1>Bad</h1>".getBytes(UTF_8)));

        var reply = client.chat(Chat.ask("small", Chat.mode("html-400")));

        assertThat(reply.status()).as(reply.toString()).isIn(400, 502);
        assertThat(reply.errorCode()).startsWith("upstream_");
        assertThat(reply.text()).doesNotContain("<h1>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "120"})
    void a429KeepsItsRetryAfter(String seconds) throws Exception {
        for (var body : List.of(
                Chat.ask("small", Chat.mode("429:" + seconds)), Chat.stream("small", Chat.mode("429:" + seconds)))) {
            var reply = client.chat(body);

            assertThat(reply.status()).as(reply.toString()).isEqualTo(429);
            assertThat(reply.header("retry-after")).isEqualTo(seconds);
            assertThat(reply.errorCode()).isEqualTo("upstream_rate_limited");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wed, 21 Oct 2099 07:28:00 GMT", "soon", "-3", "99999999999999999999"})
    void aRetryAfterThatIsNoNumberOfSecondsDoesNoHarm(String value) throws Exception {
        var reply = client.chat(Chat.ask("small", Chat.mode("429:" + value)));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(429);
        assertThat(reply.errorCode()).isEqualTo("upstream_rate_limited");
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (var elsewhere = FakeUpstream.start()) {
            var reply =
                    client.chat(Chat.ask("small", Chat.mode("redirect:" + elsewhere.baseUrl() + "/chat/completions")));

            assertThat(reply.status()).as(reply.toString()).isEqualTo(502);
            assertThat(reply.headerNames()).doesNotContain("location");
            assertThat(elsewhere.calls()).isEmpty();
        }
    }

    @Test
    void anAnswerBeyondTheLimitIsRefused() throws Exception {
        GATEWAY.small()
                .on(
                        "big",
                        (exchange, size) -> exchange.json(
                                200,
                                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\""
                                        + "x".repeat(Integer.parseInt(size)) + "\"}}]}"));

        var within = client.chat(Chat.ask("small", Chat.mode("big:4000000")));
        var beyond = client.chat(Chat.ask("small", Chat.mode("big:4300000")));

        assertThat(within.status()).isEqualTo(200);
        assertThat(beyond.status()).as(beyond.toString()).isEqualTo(502);
        assertThat(beyond.errorCode()).isEqualTo("upstream_invalid_answer");
    }

    @Test
    void theGatewayAnswersWellAfterAllThat() throws Exception {
        var buffered = client.chat(Chat.ask("small", "hello"));
        var streamed = client.chat(Chat.stream("small", "hello"));

        assertThat(buffered.text()).isEqualTo(Completions.buffered("tiny-1"));
        assertThat(streamed.isDone()).isTrue();
    }

    private static void assertIsHonestError(Reply reply) {
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.json().path("error").path("message").asString()).isNotBlank();
        assertThat(reply.text()).doesNotContain(Gateway.SMALL_KEY, "Fake failure", "127.0.0.1", "Exception");
        assertThat(reply.header("x-pointsman-request-id")).isNotEmpty();
    }

    private static void assertEndsWithOneErrorEvent(Reply reply) {
        var errors = Events.data(reply.text()).stream()
                .filter(data -> data.startsWith("{\"error\""))
                .toList();
        assertThat(errors).as(reply.toString()).hasSize(1);
        assertThat(reply.events().getLast()).isEqualTo(errors.getFirst());
        assertThat(errors.getFirst())
                .containsPattern("\"code\":\"(upstream_|request_timeout)")
                .contains("\"message\"")
                .contains("\"type\"");
        assertThat(reply.text()).endsWith("\n\n").doesNotContain("127.0.0.1", "Exception");
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }
}
