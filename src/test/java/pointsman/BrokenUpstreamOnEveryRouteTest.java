package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Gateway;
import pointsman.testing.Reply;
import pointsman.testing.Surface;

/// Every way in which a provider fails, on every route, in front of an upstream of the same dialect and of
/// another one:
/// the right status in the route's shape, an error event on a broken stream, and never a success ending.
@Timeout(30)
class BrokenUpstreamOnEveryRouteTest {
    private static final List<Case> BEFORE_THE_FIRST_BYTE = List.of(
            new Case("status:500", 502),
            new Case("status:502", 502),
            new Case("status:503", 503),
            new Case("status:529", 503),
            new Case("status:401", 502),
            new Case("status:403", 502),
            new Case("429:7", 429),
            new Case("status:418", 502),
            new Case("status:302", 502),
            new Case("html-200", 502),
            new Case("html-502", 502),
            new Case("redirect:/v1/models", 502),
            new Case("hang", 504),
            new Case("reset-before-headers", 503),
            new Case("close-before-headers", 503),
            new Case("reset-mid-headers", 503),
            new Case("empty-body", 502),
            new Case("garbage-json", 502),
            new Case("truncated-json", 502),
            new Case("json-array", 502),
            new Case("invalid-utf8", 502));

    private static final List<Case> MID_ANSWER = List.of(
            new Case("hang-mid-stream", 504), new Case("reset-mid-stream", 503), new Case("close-mid-stream", 503));

    private static final List<String> BROKEN_STREAMS = List.of(
            "hang-mid-stream",
            "reset-mid-stream",
            "close-mid-stream",
            "end-mid-stream",
            "bad-chunk",
            "error-mid-stream",
            "no-finish",
            "garbage-sse",
            "empty-stream",
            "endless-line",
            "huge-line:5000000");

    private static final List<Road> ROADS = List.of(
            new Road(Surface.CHAT, "small"),
            new Road(Surface.CHAT, "large"),
            new Road(Surface.RESPONSES, "small"),
            new Road(Surface.RESPONSES, "large"),
            new Road(Surface.MESSAGES, "small"),
            new Road(Surface.MESSAGES, "large"),
            new Road(Surface.COMPLETIONS, "small"),
            new Road(Surface.EMBEDDINGS, "embeddings"),
            new Road(Surface.TOKEN_COUNT, "large"));

    private static final Gateway GATEWAY = Gateway.hurried();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aFailureBeforeTheFirstByteIsAStatusInTheRoutesShape(Road road, Case broken, boolean stream) throws Exception {
        var reply = ask(road, broken.mode(), stream);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(broken.status());
        assertIsHonestError(road, reply);
        if (broken.status() == 429) {
            assertThat(reply.header("retry-after")).isEqualTo("7");
        }
    }

    @ParameterizedTest
    @MethodSource("cutAnswers")
    void aBufferedAnswerThatBreaksOffIsNoAnswer(Road road, Case broken) throws Exception {
        var reply = ask(road, broken.mode(), false);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(broken.status());
        assertIsHonestError(road, reply);
    }

    @ParameterizedTest
    @MethodSource("brokenStreams")
    void aBrokenStreamEndsWithAnErrorAndNeverAsASuccess(Road road, String mode) throws Exception {
        var reply = ask(road, mode, true);

        assertThat(road.surface().endsAsSuccess(reply)).as(reply.toString()).isFalse();
        if (reply.status() == 200) {
            assertThat(road.surface().isErrorEvent(reply.events().getLast()))
                    .as(reply.toString())
                    .isTrue();
        } else {
            assertThat(reply.status()).as(reply.toString()).isIn(502, 504);
            assertIsHonestError(road, reply);
        }
    }

    @ParameterizedTest
    @MethodSource("roads")
    void theUpstreamsRefusalComesInItsWordsAndTheRoutesShape(Road road) throws Exception {
        var reply = ask(road, "status:422", false);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(road.surface().errorMessage(reply)).as(reply.toString()).contains("Fake failure 422");
    }

    @ParameterizedTest
    @MethodSource("roads")
    void theRoadIsGoodAfterAllThat(Road road) throws Exception {
        var reply = ask(road, "ok", false);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-model")).isNotEmpty();
    }

    private Reply ask(Road road, String mode, boolean stream) throws Exception {
        return client.post(road.surface().path(), road.surface().ask(road.model(), Chat.mode(mode), stream));
    }

    private static void assertIsHonestError(Road road, Reply reply) {
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(road.surface().errorMessage(reply)).as(reply.toString()).isNotBlank();
        assertThat(reply.text()).doesNotContain("Fake failure", "127.0.0.1", "Exception", "sk-of-the");
        assertThat(reply.header("x-pointsman-request-id")).isNotEmpty();
    }

    static Stream<Arguments> refusals() {
        return ROADS.stream()
                .flatMap(road -> BEFORE_THE_FIRST_BYTE.stream()
                        .flatMap(broken -> Stream.of(false, true)
                                .filter(stream -> !stream || road.surface().streams())
                                .map(stream -> Arguments.of(road, broken, stream))));
    }

    static Stream<Arguments> cutAnswers() {
        return ROADS.stream().flatMap(road -> MID_ANSWER.stream().map(broken -> Arguments.of(road, broken)));
    }

    static Stream<Arguments> brokenStreams() {
        return ROADS.stream()
                .filter(road -> road.surface().streams())
                .flatMap(road -> BROKEN_STREAMS.stream().map(mode -> Arguments.of(road, mode)));
    }

    static Stream<Arguments> roads() {
        return ROADS.stream().map(Arguments::of);
    }

    record Case(String mode, int status) {}

    record Road(Surface surface, String model) {}
}
