package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import pointsman.testing.Chat;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.RawConnection;

/// A client that goes, as a killed process does, is nobody's error: whatever it was about, no warning is logged.
@Timeout(120)
class LeavingClientsTest {
    private static final int CLIENTS = 12;
    private static final int MEGABYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Gateway GATEWAY = Gateway.shared();
    private static final Warnings WARNINGS = new Warnings();

    @BeforeAll
    static void listen() {
        WARNINGS.start();
        root().addAppender(WARNINGS);
    }

    @AfterAll
    static void stopListening() {
        root().detachAppender(WARNINGS);
    }

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
        WARNINGS.all.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"endless", "firehose:256", "hang-mid-stream", "ok", "split-sse:1"})
    void inTheMiddleOfAStream(String mode) throws Exception {
        leave(raw -> {
            raw.chat(Chat.stream("small", Chat.mode(mode)));
            raw.readUntil("200 OK");
        });

        assertNothingIsSaid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "slow-first-byte:1", "firehose:64", "ok"})
    void beforeTheFirstByte(String mode) throws Exception {
        leave(raw -> {
            raw.chat(Chat.stream("small", Chat.mode(mode)));
            GATEWAY.small().awaitCall();
        });
        leave(raw -> raw.chat(Chat.ask("small", Chat.mode(mode))));

        assertNothingIsSaid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/v1/table-jobs", "/v1/batches", "/v1/nothing"})
    void inTheMiddleOfABody(String path) throws Exception {
        for (var framing : new String[] {"content-length: 9000000", "transfer-encoding: chunked"}) {
            for (var length : new int[] {3, 30_000, 3 * MEGABYTE}) {
                leave(raw -> {
                    raw.sendHead("POST " + path, "content-type: application/json", framing);
                    raw.send((framing.startsWith("t") ? "800000\r\n" : "") + "{\"model\":\"" + "x".repeat(length));
                });
            }
        }

        assertNothingIsSaid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/table-jobs", "/v1/files"})
    void inTheMiddleOfAForm(String path) throws Exception {
        var name = path.endsWith("files") ? "file" : "table";
        leave(raw -> {
            raw.sendHead("POST " + path, "content-type: multipart/form-data; boundary=b", "content-length: 9000000");
            raw.send("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"t.csv\"\r\n\r\n"
                    + "x,y\n".repeat(MEGABYTE / 2));
        });

        assertNothingIsSaid();
    }

    @Test
    void afterARefusalWhileItStillSends() throws Exception {
        leave(raw -> {
            raw.sendHead("POST /v1/chat/completions", "content-type: text/plain", "content-length: 9000000");
            raw.send("x".repeat(MEGABYTE));
            raw.readUntil("415");
            raw.send("x".repeat(MEGABYTE));
        });

        assertNothingIsSaid();
    }

    @Test
    void whileItWatchesAJobOrFetchesItsResults() throws Exception {
        var jobs = new Jobs(GATEWAY.client());
        var done = jobs.create(Jobs.ask("small", "What is {n}?", Jobs.numbers(2_000), "{}"));
        jobs.await(done);
        var going = jobs.create(Jobs.ask("small", Chat.mode("slow-first-byte:300"), Jobs.numbers(60), "{}"));

        leave(raw -> {
            raw.sendHead("GET /v1/table-jobs/" + going + "/events");
            raw.readUntil("data:");
        });
        leave(raw -> raw.sendHead("GET /v1/table-jobs/" + going + "/events"));
        for (var format : new String[] {"csv", "jsonl", "parquet"}) {
            leave(raw -> {
                raw.sendHead("GET /v1/table-jobs/" + done + "/results?columns=all&format=" + format);
                raw.readUntil("200 OK");
            });
            leave(raw -> raw.sendHead("GET /v1/table-jobs/" + done + "/results?format=" + format));
        }

        assertNothingIsSaid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/healthz", "/v1/nothing", "/v1/files"})
    void withSeveralAnswersOnTheirWay(String path) throws Exception {
        leave(raw -> {
            for (int request = 0; request < 20; request++) {
                raw.sendHead("GET " + path);
            }
        });

        assertNothingIsSaid();
    }

    @Test
    void ofTheManagementPort() throws Exception {
        for (int client = 0; client < CLIENTS; client++) {
            try (var raw = new RawConnection(GATEWAY.management("/").getPort())) {
                raw.sendHead("GET /actuator/prometheus");
                raw.reset();
            }
        }

        assertNothingIsSaid();
    }

    private static void leave(Client client) throws Exception {
        for (int one = 0; one < CLIENTS; one++) {
            try (var raw = new RawConnection(GATEWAY)) {
                client.talk(raw);
                raw.reset();
            } catch (IOException _) {
                // The gateway may have been quicker.
            }
        }
    }

    private static void assertNothingIsSaid() throws Exception {
        Eventually.settled(() -> (long) WARNINGS.all.size(), PATIENCE);
        assertThat(WARNINGS.all).isEmpty();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger("ROOT");
    }

    private interface Client {
        void talk(RawConnection raw) throws Exception;
    }

    private static final class Warnings extends AppenderBase<ILoggingEvent> {
        final Queue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                var error = event.getThrowableProxy();
                all.add(event + (error == null ? "" : "\n" + ThrowableProxyUtil.asString(error)));
            }
        }
    }
}
