package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Exchange;
import pointsman.testing.Gateway;
import pointsman.testing.SharedGateway;

/// What becomes of a stream that breaks off after its first word, beside the faults that [FailoverTest]
/// tries: calls of tools, JSON, who may go on, and what a client may ask of it.
@Timeout(60)
class ContinuationEndToEndTest {
    private static final Gateway GATEWAY = SharedGateway.NARROW.get();
    private static final String GREEDY = "\"temperature\":0,\"tools\":[{\"type\":\"function\",\"function\":"
            + "{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}}]";

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @Test
    void aCallOfAToolGoesOnWhereItsArgumentsBrokeOff() throws Exception {
        breaksOffOnce("cut-call", call("{\\\"city\\\": \\\"Par"), call("{\\\"city\\\": \\\"Paris\\\"}"));

        var reply = client.chat(Chat.with(Chat.stream("small", Chat.mode("cut-call")), GREEDY));

        assertThat(reply.text())
                .contains("{\\\"city\\\": \\\"Par", "is\\\"}")
                .endsWith("data: [DONE]\n\n")
                .containsOnlyOnce("weather");
        assertThat(GATEWAY.small().calls()).hasSize(2);
    }

    @Test
    void aCallThatGoesOnInAnotherWayEndsInAnError() throws Exception {
        breaksOffOnce("other-call", call("{\\\"city\\\": \\\"Par"), call("{\\\"city\\\": \\\"Lyon\\\"}"));

        var reply = client.chat(Chat.with(Chat.stream("small", Chat.mode("other-call")), GREEDY));

        assertThat(reply.text()).contains("upstream_stream_broken").doesNotContain("Lyon", "[DONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\\\"a\\\": 1, \\\"b\\\": 2}", "\\\"b\\\": 2}"})
    void jsonIsWholeWhereItGoesOn(String rest) throws Exception {
        breaksOffOnce("cut-json", words("{\\\"a\\\": 1, \\\"b"), words(rest));
        var json = "\"response_format\":{\"type\":\"json_object\"}";

        var reply = client.chat(Chat.with(Chat.stream("small", Chat.mode("cut-json")), json));

        assertThat(reply.text()).endsWith("data: [DONE]\n\n").containsOnlyOnce(" 1, ");
    }

    @Test
    void whatDoesNotJoinToJsonEndsInAnError() throws Exception {
        breaksOffOnce("no-json", words("{\\\"a\\\": 1, \\\"b"), words("I am sorry, here it is"));
        var json = "\"response_format\":{\"type\":\"json_object\"}";

        var reply = client.chat(Chat.with(Chat.stream("small", Chat.mode("no-json")), json));

        assertThat(reply.text()).contains("upstream_stream_broken").doesNotContain("sorry", "[DONE]");
    }

    @Test
    void whoAskedForAModelIsAnsweredByNoOther() throws Exception {
        breaksOffOnce("cut", words("one two"), "");

        var reply = client.chat(Chat.stream("small", Chat.mode("cut")));

        assertThat(reply.text()).contains("upstream_stream_broken");
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void whoAsksIsToldWhereAnotherCallGoesOn() throws Exception {
        breaksOffOnce("cut-told", words("one two"), words("two three"));
        var body = Chat.stream("small", Chat.mode("cut-told"));

        assertThat(client.chat(body, "x-pointsman-seam", "tell").text())
                .containsSubsequence("one two", ": pointsman continued-by=small\n\n", " three");
        breaksOffOnce("cut-told", words("one two"), words("two three"));
        assertThat(client.chat(body).text()).doesNotContain("pointsman continued");
    }

    @Test
    void whatIsHeldMayBeginAnew() throws Exception {
        breaksOffOnce("held", words("one two"), words("one two three"));

        var reply = client.chat(Chat.stream("small", Chat.mode("held")), "x-pointsman-hold", "all");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .containsOnlyOnce("one two")
                .contains("one two three")
                .endsWith("data: [DONE]\n\n");
        assertThat(GATEWAY.small().calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "some", "1e9"})
    void aHoldIsANumberOfWords(String hold) throws Exception {
        var reply = client.chat(Chat.stream("small", "hello"), "x-pointsman-hold", hold);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("x-pointsman-hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-pointsman-timeout", "x-stainless-timeout"})
    void aClientIsNotAnsweredAfterItsOwnTime(String header) throws Exception {
        GATEWAY.large().on("silent", (exchange, _) -> exchange.hang());

        var reply = client.chat(Chat.ask("large", Chat.mode("silent")), header, "0.5");

        assertThat(reply.status()).isEqualTo(504);
    }

    @Test
    void theTimeOfAnSdkCountsUntilAStreamBegins() throws Exception {
        GATEWAY.large().on("long", (exchange, _) -> {
            exchange.beginStream();
            exchange.chunk(event(words("one"), "null"));
            exchange.pause(Duration.ofMillis(1500));
            finish(exchange, words(" two"));
        });
        var body = Chat.stream("large", Chat.mode("long"));

        assertThat(client.chat(body, "x-stainless-timeout", "1").isDone()).isTrue();
        assertThat(client.chat(body, "x-pointsman-timeout", "1").text()).contains("request_timeout");
    }

    /// The first call breaks off after the first events, and the second says the second ones.
    private static void breaksOffOnce(String name, String first, String second) {
        var calls = new AtomicInteger();
        GATEWAY.small().on(name, (exchange, _) -> {
            exchange.beginStream();
            exchange.chunk(event("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
            if (calls.getAndIncrement() > 0 && !second.isEmpty()) {
                finish(exchange, second);
            } else {
                exchange.chunk(event(first, "null"));
                exchange.close();
            }
        });
    }

    private static void finish(Exchange exchange, String delta) throws IOException {
        exchange.chunk(event(delta, "null"));
        exchange.chunk(event("{}", "\"stop\""));
        exchange.chunk("data: [DONE]\n\n");
        exchange.end();
    }

    private static String words(String text) {
        return "{\"content\":\"%s\"}".formatted(text);
    }

    private static String call(String arguments) {
        return "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"weather\",\"arguments\":\"%s\"}}]}".formatted(arguments);
    }

    private static String event(String delta, String reason) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n".formatted(delta, reason);
    }
}
