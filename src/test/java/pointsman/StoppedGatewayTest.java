package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Chat;
import pointsman.testing.Eventually;
import pointsman.testing.FakeUpstream;
import pointsman.testing.GatewayProcess;
import pointsman.testing.Jobs;

/// A gateway that is asked to go.
@Timeout(120)
class StoppedGatewayTest {
    private static final String DRAIN = "pointsman.chat.drain=1s";

    @Test
    void itEndsWithSuccessAndQuietly() throws Exception {
        try (var upstream = FakeUpstream.start();
                var gateway = GatewayProcess.of(upstream.baseUrl(), DRAIN)) {
            gateway.awaitReady();
            gateway.post("/v1/chat/completions", Chat.ask("small", "hello"));

            assertThat(gateway.stop()).isZero();
            var sinceItListened = gateway.log().substring(gateway.log().indexOf(" listens on "));
            assertThat(sinceItListened).doesNotContain("WARN", "ERROR", "Exception");
        }
    }

    @Test
    void aStreamThatItCutsEndsWithAnErrorEventOfItsDialect() throws Exception {
        try (var upstream = FakeUpstream.start();
                var gateway = GatewayProcess.of(upstream.baseUrl(), DRAIN);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            gateway.awaitReady();
            var endless = Chat.with(Chat.stream("small", Chat.mode("endless")), "\"max_tokens\":9");
            var chat = clients.submit(() -> gateway.post("/v1/chat/completions", endless));
            upstream.awaitCall();
            var messages = clients.submit(() -> gateway.post("/v1/messages", endless));
            upstream.awaitCall();

            assertThat(gateway.stop()).isZero();
            assertThat(lastEvent(chat.get())).contains("event: error", "\"error\":{", "gateway_stopping");
            assertThat(lastEvent(messages.get())).contains("event: error", "{\"type\":\"error\"", "gateway_stopping");
        }
    }

    @Test
    void whoeverWatchesAJobDoesNotHoldItUp() throws Exception {
        try (var upstream = FakeUpstream.start();
                var gateway = GatewayProcess.of(upstream.baseUrl(), DRAIN)) {
            gateway.awaitReady();
            var id = gateway.create(Jobs.ask("small", "[[mode:429:60]] Odd?", Jobs.numbers(4), "{}"));
            upstream.awaitCall();
            try (var events = gateway.open("/v1/table-jobs/" + id + "/events").body()) {
                var begun = System.nanoTime();

                assertThat(gateway.stop()).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
                assertThat(new String(events.readAllBytes(), UTF_8))
                        .contains("event: progress")
                        .endsWith("\n\n");
            }
        }
    }

    @Test
    void nothingNewIsLetInWhileJobsEnd() throws Exception {
        try (var upstream = FakeUpstream.start();
                var gateway = GatewayProcess.of(upstream.baseUrl(), DRAIN);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            gateway.awaitReady();
            gateway.create(Jobs.ask("small", "[[mode:slow-first-byte:12000]] Odd?", Jobs.numbers(1), "{}"));
            upstream.awaitCall();

            var status = clients.submit(gateway::stop);

            Eventually.holds("new connections are refused", Duration.ofSeconds(6), gateway::refusesConnections);
            assertThat(status.isDone()).isFalse();
            assertThat(status.get()).isZero();
        }
    }

    private static String lastEvent(HttpResponse<String> stream) {
        return stream.body().substring(stream.body().lastIndexOf("event: "));
    }
}
