package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
import pointsman.testing.RawConnection;
import pointsman.testing.SharedGateway;

/// Streams: event by event as they come, byte for byte as they came, no faster than the client reads, and
/// gone when it goes.
@Timeout(60)
class StreamingTest {
    private static final Duration GONE_WITHIN = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MEBIBYTE = 1024 * 1024;
    private static final String PLAIN = String.join("", Completions.plain("tiny-1"));

    private static final Gateway GATEWAY = SharedGateway.JOBS.get();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @Test
    void eventsComeByteForByteAndTheUsageThatNobodyAskedForDoesNot() throws Exception {
        var reply = client.chat(Chat.stream("small", "hello"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.text()).isEqualTo(PLAIN + Completions.DONE);
        assertThat(GATEWAY.small().onlyCall().text()).contains("\"include_usage\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "usage-null"})
    void theUsageThatTheClientAskedForComes(String mode) throws Exception {
        var asking = Chat.with(Chat.stream("small", Chat.mode(mode)), "\"stream_options\":{\"include_usage\":true}");

        var reply = client.chat(asking);

        assertThat(reply.text()).endsWith(Completions.usageEvent("tiny-1") + Completions.DONE);
    }

    @Test
    void aUsageThatComesWithTheLastChoiceStaysWithIt() throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode("usage-in-last")));

        var events = Completions.plain("tiny-1");
        assertThat(reply.text()).startsWith(String.join("", events.subList(0, events.size() - 1)));
        assertThat(reply.events()).hasSize(events.size() + 1);
        assertThat(reply.text()).endsWith(Completions.DONE).contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void toolCallsComeByteForByte() throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode("tool-calls")));

        assertThat(reply.events().stream().filter(data -> data.contains("\"tool_calls\":[")))
                .hasSize(6);
        assertThat(reply.text()).contains("\"id\":\"call_2\"").endsWith(Completions.DONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void howTheNetworkCutsAStreamDoesNotMatter(int size) throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode("split-sse:" + size)));

        assertThat(reply.text()).isEqualTo(PLAIN + Completions.DONE);
    }

    @Test
    void commentsEventNamesAndCarriageReturnsPass() throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode("crlf-sse")));

        var expected = new StringBuilder(": ping\r\n\r\n");
        for (var event : Completions.plain("tiny-1")) {
            expected.append("event: message\r\n").append(event.replace("\n", "\r\n"));
        }
        expected.append("event: message\r\n").append(Completions.DONE.replace("\n", "\r\n"));
        assertThat(reply.text()).isEqualTo(expected.toString());
    }

    @Test
    void anEventOfMegabytesComesWhole() throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode("huge-line:3000000")));

        assertThat(reply.isDone()).isTrue();
        assertThat(reply.text()).contains("x".repeat(3_000_000));
    }

    @Test
    void anEventIsPassedOnBeforeTheNextOneExists() throws Exception {
        var clientHasRead = new CountDownLatch(1);
        GATEWAY.small().on("step", (exchange, _) -> {
            var events = Completions.plain(exchange.model());
            exchange.beginStream();
            exchange.chunk(events.getFirst());
            exchange.chunk(events.get(1));
            assertThat(clientHasRead.await(10, TimeUnit.SECONDS)).isTrue();
            exchange.chunk(String.join("", events.subList(2, events.size())) + Completions.DONE);
            exchange.end();
        });

        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.stream("small", Chat.mode("step")));
            var first = raw.readUntil("Grüße");
            clientHasRead.countDown();

            assertThat(first).contains("x-pointsman-tier: small").doesNotContain("örld");
            assertThat(raw.readUntil("[DONE]")).contains("örld");
        }
    }

    @Test
    void aStreamIsWholeOnlyWhenEveryChoiceIs() throws Exception {
        var finished = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        var second = "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n";
        GATEWAY.small().on("half-of-two", (exchange, _) -> exchange.stream(List.of(second, finished)));

        var reply = client.chat(Chat.with(Chat.stream("small", Chat.mode("half-of-two")), "\"n\":2"));

        assertThat(reply.isDone()).isFalse();
        assertThat(reply.events().getLast()).startsWith("{\"error\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"endless", "hang-mid-stream"})
    void aClientThatLeavesInTheMiddleTakesTheUpstreamCallWithIt(String mode) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.stream("small", Chat.mode(mode)));
            raw.readUntil("data: ");
            raw.reset();
        }

        assertThat(GATEWAY.small().awaitCall().awaitEnding(GONE_WITHIN)).isEqualTo(Call.Ending.CALLER_GONE);
    }

    @Test
    void aClientThatClosesPolitelyTakesTheUpstreamCallWithIt() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.stream("small", Chat.mode("endless")));
            raw.readUntil("data: ");
        }

        assertThat(GATEWAY.small().awaitCall().awaitEnding(GONE_WITHIN)).isEqualTo(Call.Ending.CALLER_GONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesBeforeTheFirstByteTakesTheUpstreamCallWithIt(boolean stream) throws Exception {
        Call call;
        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(stream ? Chat.stream("small", Chat.mode("hang")) : Chat.ask("small", Chat.mode("hang")));
            call = GATEWAY.small().awaitCall();
        }

        assertThat(call.awaitEnding(GONE_WITHIN)).isEqualTo(Call.Ending.CALLER_GONE);
    }

    @Test
    void aClientThatDoesNotReadHoldsTheUpstreamBack() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.stream("small", Chat.mode("firehose:256")));
            var call = GATEWAY.small().awaitCall();

            assertThat(Eventually.settled(call::sentBytes, PATIENCE)).isBetween(1L, 24 * MEBIBYTE);
        }
    }

    @Test
    void aClientThatPausesLongerThanTheGapLimitStillGetsItsWholeStream() throws Exception {
        var pause = Duration.ofMillis(1800);
        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.stream("small", Chat.mode("firehose:40")));
            var call = GATEWAY.small().awaitCall();
            Eventually.settled(call::sentBytes, PATIENCE);
            var pausing = System.nanoTime();
            Eventually.holds("the pause is over", PATIENCE, () -> System.nanoTime() - pausing > pause.toNanos());

            assertThat(raw.readEnd()).contains("[DONE]").doesNotContain("\"error\"");
        }
    }

    @Test
    void aFastUpstreamAndAFastClientGetEverythingAcross() throws Exception {
        var reply = client.chat(Chat.stream("small", Chat.mode("firehose:16")));

        assertThat(reply.isDone()).isTrue();
        assertThat(reply.events()).hasSize(16 * 16 + 2);
    }

    @Test
    void streamsThatEndWellLeaveTheirConnectionToTheNext() throws Exception {
        GATEWAY.small().on("late-end", (exchange, _) -> {
            exchange.beginStream();
            exchange.chunk(PLAIN + Completions.DONE);
            exchange.pause(Duration.ofMillis(30));
            exchange.end();
        });
        client.chat(Chat.stream("small", Chat.mode("late-end")));
        var before = GATEWAY.small().acceptedConnections();

        for (var i = 0; i < 5; i++) {
            assertThat(client.chat(Chat.stream("small", Chat.mode("late-end"))).isDone())
                    .isTrue();
        }

        assertThat(GATEWAY.small().acceptedConnections() - before).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"error\":{\"message\":\"oops\"}}\n\n", "data: {garbage\n\n"})
    void goodEventsAreNotLostWhenABadOneComesInTheSamePiece(String bad) throws Exception {
        var good = Completions.plain("tiny-1").subList(0, 3);
        GATEWAY.small()
                .on(
                        "good-and-bad",
                        (exchange, _) -> exchange.stream(List.of(good.getFirst(), good.get(1) + good.get(2) + bad)));

        var reply = client.chat(Chat.stream("small", Chat.mode("good-and-bad")));

        assertThat(reply.text()).startsWith(String.join("", good));
        assertThat(reply.events().getLast()).startsWith("{\"error\"");
        assertThat(reply.isDone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ok,200", "status:500,502"})
    void oneConnectionCarriesOneAnswerAfterTheOther(String mode, int status) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.stream("small", Chat.mode(mode)));
            raw.readUntil(status == 200 ? "[DONE]" : "upstream_error");
            raw.chat(Chat.ask("small", "second"));

            assertThat(raw.readUntil("\"object\":\"chat.completion\"").getBytes(UTF_8))
                    .isNotEmpty();
        }
    }
}
