package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The fake provider does what it says: otherwise the tests that lean on it prove nothing.
@Timeout(30)
class FakeUpstreamTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    @AutoClose
    private final FakeUpstream upstream = FakeUpstream.start();

    @Test
    void aPlainRequestIsAnsweredAndRecorded() throws Exception {
        var body = Chat.ask("tiny-1", "Grüße 😀");

        var answer = send(body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).at("/choices/0/message/content").asString())
                .isEqualTo(Completions.TEXT);
        assertThat(upstream.onlyCall().text()).isEqualTo(body);
        assertThat(upstream.onlyCall().header("Authorization")).containsExactly("Bearer k");
        assertThat(upstream.onlyCall().awaitEnding(Duration.ofSeconds(5))).isEqualTo(Call.Ending.ANSWERED);
    }

    @Test
    void aStreamIsWholeAndBringsItsUsageOnlyIfAsked() throws Exception {
        var plain = send(Chat.stream("tiny-1", "hello")).body();
        var counted = send(Chat.with(Chat.stream("tiny-1", "hello"), "\"stream_options\":{\"include_usage\":true}"))
                .body();

        assertThat(plain).isEqualTo(String.join("", Completions.plain("tiny-1")) + Completions.DONE);
        assertThat(counted).contains(Completions.usageEvent("tiny-1") + Completions.DONE);
        assertThat(Events.data(plain)).hasSize(7).last().isEqualTo("[DONE]");
    }

    @ParameterizedTest
    @CsvSource({"status:400,400", "status:529,529", "429:9,429", "html-502,502", "redirect:/x,302", "nonsense,418"})
    void aModeIsAStatus(String mode, int status) throws Exception {
        assertThat(send(Chat.ask("tiny-1", Chat.mode(mode))).statusCode()).isEqualTo(status);
    }

    @Test
    void failuresStopAfterSoMany() throws Exception {
        var body = Chat.ask("tiny-1", Chat.mode("fail-then-ok:2,503"));

        assertThat(send(body).statusCode()).isEqualTo(503);
        assertThat(send(body).statusCode()).isEqualTo(503);
        assertThat(send(body).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset-before-headers",
                "close-before-headers",
                "reset-mid-headers",
                "reset-mid-stream",
                "close-mid-stream",
                "bad-chunk"
            })
    void aBrokenAnswerIsAnErrorToItsCaller(String mode) {
        assertThatThrownBy(() -> send(Chat.stream("tiny-1", Chat.mode(mode)))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> send(Chat.ask("tiny-1", Chat.mode(mode)))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "hang-mid-stream", "endless", "endless-line"})
    void aCallerThatLeavesIsNoticed(String mode) throws Exception {
        var body = Chat.stream("tiny-1", Chat.mode(mode)).getBytes(UTF_8);
        var address = URI.create(upstream.baseUrl());
        Call call;
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\ncontent-length: " + body.length + "\r\n\r\n")
                            .getBytes(UTF_8));
            socket.getOutputStream().write(body);
            call = upstream.awaitCall();
        }

        assertThat(call.awaitEnding(Duration.ofSeconds(5))).isEqualTo(Call.Ending.CALLER_GONE);
    }

    @Test
    void aCallerThatDoesNotReadHoldsItBack() throws Exception {
        var answer = HTTP.send(request(Chat.stream("tiny-1", Chat.mode("firehose:256"))), BodyHandlers.ofInputStream());
        var call = upstream.awaitCall();

        assertThat(Eventually.settled(call::sentBytes, Duration.ofSeconds(10))).isBetween(1L, 64L * 1024 * 1024);
        answer.body().close();
        assertThat(call.awaitEnding(Duration.ofSeconds(5))).isEqualTo(Call.Ending.CALLER_GONE);
    }

    private HttpResponse<String> send(String body) throws IOException, InterruptedException {
        return HTTP.send(request(body), BodyHandlers.ofString());
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(URI.create(upstream.baseUrl() + "/chat/completions"))
                .header("authorization", "Bearer k")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
