package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;

/// Whatever a caller sends, broken or not, none of it reaches the log: it may be a key. Our own loggers
/// print all that they can, the others what they print by default.
@Timeout(120)
class KeysInLogsTest {
    private static final String KEY = "pm-canary-0123456789abcdef";
    private static final Gateway GATEWAY = Gateway.shared();
    private static final Lines LINES = new Lines();

    @BeforeAll
    static void listen() {
        GATEWAY.forget();
        LINES.start();
        logger("ROOT").addAppender(LINES);
        logger("pointsman").setLevel(Level.TRACE);
    }

    @AfterAll
    static void stopListening() {
        logger("pointsman").setLevel(Level.INFO);
        logger("ROOT").detachAppender(LINES);
    }

    @Test
    void noBrokenHeaderIsLogged() throws Exception {
        for (var header : headers().toList()) {
            send("POST /v1/chat/completions HTTP/1.1\r\n" + header + "\r\nconnection: close\r\n\r\n");
        }

        assertNothingIsLogged();
    }

    @Test
    void noBrokenRequestLineIsLogged() throws Exception {
        for (var line : lines().toList()) {
            send(line + "\r\nhost: localhost\r\nauthorization: Bearer " + KEY + "\r\nconnection: close\r\n\r\n");
        }

        assertNothingIsLogged();
    }

    @Test
    void noBodyThatIsCutOrBrokenIsLogged() throws Exception {
        for (var path : List.of("/v1/chat/completions", "/v1/messages", "/v1/table-jobs", "/v1/batches", "/v1/files")) {
            for (var type :
                    List.of("application/json", "multipart/form-data; boundary=" + KEY, "multipart/form-data")) {
                var head =
                        "POST %s?key=%s HTTP/1.1\r\nhost: localhost\r\ncontent-type: %s\r\n".formatted(path, KEY, type);
                send(head + "content-length: 30\r\nconnection: close\r\n\r\n{\"" + KEY + "\":..");
                cut(head + "content-length: 3000\r\n\r\n{\"model\":\"" + KEY);
                cut(head + "transfer-encoding: chunked\r\n\r\n" + KEY + "\r\n");
            }
        }

        assertNothingIsLogged();
    }

    private static Stream<String> headers() {
        return Stream.of(
                "host: gateway:80\r\n authorization: Bearer " + KEY,
                "host: gateway:\r\n\tauthorization: Bearer " + KEY,
                "host: a\rauthorization: Bearer " + KEY,
                "host: a b authorization: Bearer " + KEY,
                "host: [::1 authorization: Bearer " + KEY,
                "host: x:99999999 Bearer " + KEY,
                "host: " + KEY + "@x",
                "host: %zz" + KEY,
                "host:\r\n authorization: Bearer " + KEY,
                "host: [::1]:" + KEY,
                "host " + KEY + ": x",
                "host: a:80" + KEY,
                "host: localhost\r\nx-" + KEY + " : y",
                "host: localhost\r\n: " + KEY,
                "host: localhost\r\n" + KEY,
                "host: localhost\r\ncontent-length: " + KEY,
                "host: localhost\r\ntransfer-encoding: " + KEY,
                "host: localhost\r\nexpect: " + KEY,
                "host: localhost\r\ncookie: =;;a=\"" + KEY,
                "host: localhost\r\norigin: http://[::1" + KEY,
                "host: localhost\r\naccept: " + KEY + "/;q",
                "host: localhost\r\ncontent-length: 2\r\ncontent-type: a/b;c=" + KEY + "\"",
                "host: localhost\r\ncontent-length: 2\r\ncontent-encoding: " + KEY,
                "host: localhost\r\nupgrade: " + KEY + "\r\nconnection: Upgrade",
                "host: localhost\r\nanthropic-version: " + KEY,
                "host: localhost\r\nx-forwarded-host: a b" + KEY + "\r\nforwarded: host=\"a b" + KEY,
                "host: localhost\r\nauthorization: Bearer \u0001" + KEY,
                "host: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\nx: " + KEY);
    }

    private static Stream<String> lines() {
        var targets = Stream.of(
                "/v1/models?key=" + KEY + "%zz",
                "/" + KEY + "%zz",
                "//" + KEY,
                "http://a b" + KEY + "/",
                "http://[::1" + KEY + "/x",
                "http://user:" + KEY + "@x:y/",
                "/v1/a b" + KEY,
                KEY,
                "/" + KEY + "\\x",
                "/v1/{" + KEY,
                "/v1/models;" + KEY,
                "/v1/models/" + KEY + "%00",
                "/v1/files/" + KEY + "/content",
                "/v1/table-jobs/" + KEY + "/events",
                "/v1/files?limit=" + KEY,
                "//[" + KEY);
        return Stream.concat(
                targets.flatMap(target -> Stream.of("GET", "POST", "DELETE", "OPTIONS")
                        .map(method -> "%s %s HTTP/1.1".formatted(method, target))),
                Stream.of(
                        "GET /v1/models " + KEY,
                        "G" + KEY + " /v1/models HTTP/1.1",
                        "GET /v1/models HTTP/9." + KEY,
                        KEY,
                        "GET /" + "x".repeat(5_000) + KEY + " HTTP/1.1"));
    }

    private static void send(String request) throws IOException {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.send(request);
            raw.readAll();
        }
    }

    /// Leaves in the middle.
    private static void cut(String request) throws IOException {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.send(request);
            raw.reset();
        }
    }

    private static void assertNothingIsLogged() throws Exception {
        assertThat(GATEWAY.client().get("/healthz").status()).isEqualTo(200);
        assertThat(LINES.all).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("canary"));
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        final Queue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            var trace = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            all.add(event.getFormattedMessage() + trace);
        }
    }
}
