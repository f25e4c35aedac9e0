package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;
import pointsman.testing.SharedGateway;

/// What a connection may take before anybody knows whose it is, and after its request was refused.
@Timeout(60)
class ConnectionLimitsTest {
    private static final String CHUNK = "1000\r\n" + "x".repeat(4096) + "\r\n";

    private static final Gateway GATEWAY = SharedGateway.NARROW.get();

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /v1", "GET /v1/models HTTP/1.1\r\nhost: localhost\r\nx: "})
    void aHeadThatDripsIsNotWaitedForLong(String begun) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.send(begun);
            var dripping = drip(raw);

            assertThat(raw.readAll()).startsWith("HTTP/1.1 408").contains("head_timeout");
            dripping.interrupt();
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            assertThat(raw.readAll()).isEmpty();
        }
    }

    @Test
    void theNextHeadOfAConnectionIsNotWaitedForLongEither() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("GET /healthz");
            raw.readUntil("\"ok\"");
            raw.send("GET /v1/mod");

            assertThat(raw.readAll()).contains("HTTP/1.1 408");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/mod", "GET /v1/models HTTP/1.1\r\n", "GET /v1/models HTTP/1.1\r\nhost: x\r\nx"})
    void aHeadThatBeganBeforeTheLastAnswerIsNotWaitedForLongEither(String begun) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n" + begun);

            assertThat(raw.readAll()).startsWith("HTTP/1.1 200").contains("HTTP/1.1 408");
        }
    }

    @Test
    void aHeadThatBeganWhileAnAnswerWasMadeIsNotWaitedForLongEither() throws Exception {
        GATEWAY.forget();
        GATEWAY.small().on("held", (exchange, _) -> {
            exchange.pause(Duration.ofMillis(300));
            exchange.json(200, "{\"choices\":[]}");
        });
        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.ask("small", Chat.mode("held")));
            GATEWAY.small().awaitCall();
            raw.send("GET /v1/mod");

            assertThat(raw.readAll()).contains("HTTP/1.1 408");
        }
    }

    @Test
    void anAnswerMayTakeLongerThanAHead() throws Exception {
        GATEWAY.small().on("slow", (exchange, _) -> {
            exchange.pause(Duration.ofMillis(1500));
            exchange.json(200, "{\"choices\":[],\"late\":true}");
        });
        try (var raw = new RawConnection(GATEWAY)) {
            raw.chat(Chat.ask("small", Chat.mode("slow")));

            assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 ").doesNotContain(" 408 ");
        }
    }

    @Test
    void theHeadersOfARequestAreCounted() throws Exception {
        assertThat(answer(Collections.nCopies(28, "x: y").toArray(String[]::new)))
                .startsWith("HTTP/1.1 200");
        assertThat(answer(Collections.nCopies(29, "x: y").toArray(String[]::new)))
                .startsWith("HTTP/1.1 431")
                .contains("invalid_http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/models HTTP/1.1\r\nx: y\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nhost:\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nhost: localhost\r\nHost: page.example\r\n\r\n"
            })
    void aRequestHasOneHost(String request) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.send(request);

            assertThat(raw.readAll()).startsWith("HTTP/1.1 400").contains("invalid_http");
        }
    }

    @Test
    void anOldProbeWithoutAHostIsAnswered() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.send("GET /healthz HTTP/1.0\r\n\r\n");

            assertThat(raw.readAll()).startsWith("HTTP/1.0 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type: text/plain", "connection: close", "origin: https://page.example", "x: y"})
    void aRefusedBodyIsNotReadForEver(String header) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("POST /v1/nothing", header, "transfer-encoding: chunked");
            raw.readUntil("\"code\"");

            Eventually.holds("the connection is cut", Duration.ofSeconds(5), () -> isCut(raw));
        }
    }

    @Test
    void whoSendsItsRefusedBodyToTheEndReadsTheAnswerAndGoesOn() throws Exception {
        var body = "x".repeat(1 << 20);
        try (var raw = new RawConnection(GATEWAY)) {
            raw.post("/v1/nothing", body);
            raw.readUntil("not_found");
            raw.sendHead("GET /healthz");

            assertThat(raw.readUntil("\"ok\"")).contains("HTTP/1.1 404", "HTTP/1.1 200");
        }
    }

    @Test
    void theAnswerArrivesAlsoWhereTheConnectionEndsWithIt() throws Exception {
        var body = "x".repeat(4 << 20);
        try (var raw = new RawConnection(GATEWAY)) {
            raw.post("/v1/nothing", body, "connection: close");

            assertThat(raw.readAll()).startsWith("HTTP/1.1 404").contains("not_found");
        }
    }

    @Test
    void connectionsThatSayNothingAreBoundedInNumber() throws Exception {
        var silent = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 40; i++) {
                silent.add(new RawConnection(GATEWAY));
                silent.getLast().send("GET /");
            }
            assertThat(GATEWAY.client().chat(Chat.ask("small", "hello")).status())
                    .isEqualTo(200);
            // Which of them is the oldest, their event loops may see each in its own order.
            var gaveWay = 0;
            for (var connection : silent) {
                gaveWay += connection.readAll().isEmpty() ? 1 : 0;
            }
            assertThat(gaveWay).isGreaterThanOrEqualTo(20);
        } finally {
            for (var connection : silent) {
                connection.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nhost: page.example\r\n\r\n"
            })
    void connectionsThatWereOnlyAnsweredAsStrangersAreBoundedInNumber(String request) throws Exception {
        var strangers = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 40; i++) {
                strangers.add(asked(request));
            }
            assertThat(strangers.getFirst().readAll()).startsWith("HTTP/1.1 ");
            assertThat(asksAgain(strangers.getLast(), "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"))
                    .contains("HTTP/1.1 404");
        } finally {
            for (var connection : strangers) {
                connection.close();
            }
        }
    }

    @Test
    void connectionsThatCameThroughTheDoorKeepTheirPlaces() throws Exception {
        var request = "GET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n";
        var known = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 40; i++) {
                known.add(asked(request));
            }
            for (var connection : known) {
                assertThat(asksAgain(connection, request)).contains("HTTP/1.1 404");
            }
        } finally {
            for (var connection : known) {
                connection.close();
            }
        }
    }

    @Test
    void aConnectionThatIsRefusedLaterIsAStrangersAgain() throws Exception {
        var refused = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 40; i++) {
                refused.add(asked("GET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n"));
                refused.getLast().send("GET /v1/models HTTP/1.1\r\nhost: page.example\r\n\r\n");
                refused.getLast().readUntil("forbidden_host");
            }
            assertThat(refused.getFirst().readAll()).contains("forbidden_host");
        } finally {
            for (var connection : refused) {
                connection.close();
            }
        }
    }

    private static RawConnection asked(String request) throws Exception {
        var connection = new RawConnection(GATEWAY);
        connection.send(request);
        connection.readUntil("}");
        return connection;
    }

    private static String asksAgain(RawConnection connection, String request) throws Exception {
        connection.send(request.replaceFirst(" /[a-z0-9/]+ ", " /v1/nothing "));
        return connection.readUntil("not_found");
    }

    private static boolean isCut(RawConnection raw) {
        try {
            raw.send(CHUNK);
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static Thread drip(RawConnection raw) {
        return Thread.startVirtualThread(() -> {
            try {
                while (!Thread.interrupted()) {
                    raw.send("x");
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            } catch (IOException _) {
                // Cut, as it should be.
            }
        });
    }

    private static String answer(String... headers) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            var all = new ArrayList<>(List.of(headers));
            all.add("connection: close");
            raw.sendHead("GET /healthz", all.toArray(String[]::new));
            return raw.readAll();
        }
    }
}
