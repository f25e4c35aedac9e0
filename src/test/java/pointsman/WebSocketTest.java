package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;

/// Clients that would rather have a WebSocket are told at once that there is none, and go on over HTTP.
@Timeout(60)
class WebSocketTest {
    private static final Gateway GATEWAY = Gateway.shared();
    private static final String[] UPGRADE = {
        "connection: keep-alive, Upgrade",
        "upgrade: WebSocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/v1/chat/completions", "/v1/realtime?model=auto"})
    void anUpgradeIsA426(String path) throws Exception {
        assertThat(answer("GET " + path)).startsWith("HTTP/1.1 426").contains("upgrade_required", "Upgrade: HTTP/1.1");
    }

    @Test
    void itIsToldInTheShapeOfTheRoute() throws Exception {
        assertThat(answer("GET /v1/messages")).startsWith("HTTP/1.1 426").contains("\"type\":\"error\"");
    }

    @Test
    void itIsToldBeforeABodyIsRead() throws Exception {
        assertThat(answer("POST /v1/responses", "content-type: application/json", "content-length: 100"))
                .startsWith("HTTP/1.1 426");
    }

    @Test
    void whoOffersHttp2IsNotMeant() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.post("/v1/chat/completions", Chat.ask("small", "hello"), "connection: Upgrade", "upgrade: h2c");

            assertThat(raw.readUntil("chatcmpl")).startsWith("HTTP/1.1 200");
        }
    }

    private static String answer(String line, String... further) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead(
                    line,
                    Stream.concat(Arrays.stream(UPGRADE), Arrays.stream(further))
                            .toArray(String[]::new));
            return raw.readUntil("\"code\"");
        }
    }
}
