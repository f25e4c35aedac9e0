package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Chat;
import pointsman.testing.FakeUpstream;
import pointsman.testing.GatewayProcess;

/// Bodies within every limit of size that would become many times as much, against a gateway of 256 MB that
/// ends when its memory does.
@Timeout(240)
class HostileBodiesTest {
    private static final FakeUpstream UPSTREAM = FakeUpstream.start();
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.of(UPSTREAM.baseUrl());
        gateway.awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void millionsOfValuesInOneRequest() throws Exception {
        for (var megabytes : new int[] {9, 15}) {
            survives("/v1/messages", tools("[],", megabytes));
            survives("/v1/responses", tools("{\"a\":{}},", megabytes));
        }
    }

    @Test
    void millionsOfRows() throws Exception {
        survives("/v1/table-jobs", inRows("{},", 9));
        survives("/v1/table-jobs", inRows("{},", 40));
        survives("/v1/batches", inRows("[[]],", 9));
    }

    @Test
    void longChatsAtOnce() throws Exception {
        var words = "a ".repeat(7_000_000);
        survives("/v1/chat/completions", Chat.ask("large", words));
        survives("/v1/chat/completions", Chat.ask("large", "\u0434" + "a ".repeat(2_000_000)));
    }

    /// Eight of them at once; whatever becomes of them, a small chat is answered meanwhile and afterwards.
    private static void survives(String path, String body) throws Exception {
        var bytes = body.getBytes(UTF_8);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new ArrayList<Future<Integer>>();
            for (var i = 0; i < 8; i++) {
                Callable<Integer> one = () -> gateway.post(path, BodyPublishers.ofByteArray(bytes), "application/json")
                        .statusCode();
                statuses.add(clients.submit(one));
            }
            assertThat(small()).isEqualTo(200);
            for (var status : statuses) {
                assertThat(status.get()).isIn(200, 400, 413, 503);
            }
        }
        assertThat(small()).isEqualTo(200);
    }

    private static int small() throws Exception {
        return gateway.post("/v1/chat/completions", Chat.ask("small", "hello")).statusCode();
    }

    private static String tools(String value, int megabytes) {
        return "{\"model\":\"small\",\"max_tokens\":9,\"input\":\"hi\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"name\":\"x\",\"input_schema\":{\"enum\":["
                + value.repeat(megabytes * 1_000_000 / value.length())
                + "0]}}]}";
    }

    private static String inRows(String row, int megabytes) {
        return "{\"instruction\":\"x\",\"model\":\"small\",\"rows\":["
                + row.repeat(megabytes * 1_000_000 / row.length())
                + "{}]}";
    }
}
