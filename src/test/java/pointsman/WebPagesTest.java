package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;

/// A web page in its user's browser, before a gateway that asks for no key. What a browser sends is written
/// by hand.
@Timeout(60)
class WebPagesTest {
    private static final String ORIGIN = "origin: https://page.example";
    private static final Gateway GATEWAY = Gateway.shared();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/models",
                "HEAD /v1/models",
                "GET /v1/nothing",
                "OPTIONS /v1/chat/completions",
                "DELETE /v1/files/file-1",
                "GET /v1/table-jobs",
                "GET /healthz"
            })
    void noRouteAnswersAForeignOrigin(String line) throws Exception {
        assertThat(answer(line, "host: localhost", ORIGIN)).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/table-jobs", "/v1/files", "/v1/batches", "/v1/chat/completions", "/v1/messages"})
    void aForeignPostIsRefusedBeforeItsBodyIsRead(String path) throws Exception {
        var answer = answer(
                "POST " + path,
                "host: localhost",
                ORIGIN,
                "content-type: multipart/form-data; boundary=x",
                "content-length: 1000");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("forbidden_origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin: null", "origin: http://localhost:3000", "sec-fetch-site: cross-site"})
    void aForeignChatReachesNoUpstream(String header) throws Exception {
        assertThat(chat("host: localhost", header)).startsWith("HTTP/1.1 403").contains("forbidden_origin");
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void aNameThatWasPointedToLoopbackIsNotAnswered() throws Exception {
        assertThat(chat("host: page.example")).startsWith("HTTP/1.1 403").contains("forbidden_host");
        assertThat(chat("host: page.example:80", "origin: http://page.example:80"))
                .contains("forbidden_host");
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void noTargetTalksItsWayPastTheHost() throws Exception {
        assertThat(answer("GET http://page.example/v1/models", "host: localhost"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void programsComeInAsBefore() throws Exception {
        assertThat(chat("host: 127.0.0.1:8080")).startsWith("HTTP/1.1 200");
        assertThat(chat("host: [::1]:8080", "user-agent: x")).startsWith("HTTP/1.1 200");
        assertThat(chat("host: localhost:8080", "origin: http://localhost:8080"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aProbeOfHealthMayUseAnyName() throws Exception {
        assertThat(answer("GET /healthz", "host: 10.1.2.3:8080")).startsWith("HTTP/1.1 200");
        assertThat(answer("GET /readyz", "host: pod-7")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "*/*", ""})
    void whatAPageMaySendWithoutAskingIsNoJson(String type) throws Exception {
        for (var path : new String[] {"/v1/chat/completions", "/v1/batches", "/v1/messages/count_tokens"}) {
            var answer = answer("POST " + path, "host: localhost", "content-type: " + type, "content-length: 2");

            assertThat(answer).as(path).startsWith("HTTP/1.1 415").contains("unsupported_media_type");
        }
    }

    @Test
    void aBodyWithoutATypeIsNoJson() throws Exception {
        assertThat(answer("POST /v1/chat/completions", "host: localhost", "content-length: 2"))
                .startsWith("HTTP/1.1 415");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate, gzip", "zstd"})
    void aCompressedBodyIsA415(String encoding) throws Exception {
        for (var path : new String[] {"/v1/chat/completions", "/v1/table-jobs", "/v1/batches"}) {
            var answer = answer(
                    "POST " + path,
                    "host: localhost",
                    "content-type: application/json",
                    "content-encoding: " + encoding,
                    "content-length: 2");

            assertThat(answer).as(path).startsWith("HTTP/1.1 415").contains("Content-Encoding");
        }
    }

    private static String chat(String... headers) throws Exception {
        var body = Chat.ask("small", "hello");
        try (var raw = new RawConnection(GATEWAY)) {
            raw.send(head("POST /v1/chat/completions", headers)
                            .replace(
                                    "\r\n\r\n",
                                    "\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
                                            .formatted(body.length()))
                    + body);
            return raw.readAll();
        }
    }

    private static String answer(String line, String... headers) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.send(head(line, headers));
            return raw.readAll();
        }
    }

    private static String head(String line, String... headers) {
        return line + " HTTP/1.1\r\nconnection: close\r\n"
                + Arrays.stream(headers).map(header -> header + "\r\n").collect(Collectors.joining()) + "\r\n";
    }
}
