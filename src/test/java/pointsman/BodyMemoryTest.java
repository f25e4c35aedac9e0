package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;
import pointsman.testing.Reply;
import pointsman.testing.SharedGateway;

/// The memory of all bodies together: what does not fit is told so at once, small chats always fit, and
/// whatever ends a request gives its memory back.
@Timeout(60)
class BodyMemoryTest {
    /// Of the one percent of the heap that bodies may take here four fifths are for big ones: a body of
    /// nine tenths of that is one that fits, and no second beside it.
    private static final int BIG = (int) (Runtime.getRuntime().maxMemory() / 100 / 10 * 8 / 10 * 9 / 10);

    private static final String JSON = "content-type: application/json";

    private static final Gateway GATEWAY = SharedGateway.TIGHT.get();

    private final Client client = GATEWAY.client();

    @Test
    void whatFitsPasses() throws Exception {
        assertThat(big().status()).isEqualTo(200);
        assertThat(big().status()).isEqualTo(200);
    }

    @Test
    void whileOneIsOnItsWayTheNextIsRefusedAtOnceAndSmallOnesPass() throws Exception {
        try (var slow = held();
                var next = new RawConnection(GATEWAY)) {
            next.sendHead("POST /v1/messages", JSON, "content-length: " + BIG);

            assertThat(next.readUntil("\"code\""))
                    .startsWith("HTTP/1.1 503")
                    .contains("overloaded")
                    .containsIgnoringCase("retry-after: 1");
            assertThat(client.chat(Chat.ask("small", "hello")).status()).isEqualTo(200);
            slow.reset();
        }
        becomesFree();
    }

    @Test
    void aBodyWithoutALengthIsWeighedWhileItComes() throws Exception {
        try (var slow = held();
                var next = new RawConnection(GATEWAY)) {
            next.sendHead("POST /v1/chat/completions", JSON, "transfer-encoding: chunked");
            next.send("%x\r\n%s\r\n".formatted(BIG / 2, " ".repeat(BIG / 2)));

            assertThat(next.readUntil("overloaded")).startsWith("HTTP/1.1 503");
            slow.reset();
        }
        becomesFree();
    }

    @Test
    void whoIsTooSlowGivesItsMemoryBack() throws Exception {
        try (var slow = held()) {
            slow.readUntil("body_timeout");

            becomesFree();
        }
    }

    @Test
    void anAnswerThatIsOnItsWayHoldsIt() throws Exception {
        try (var asking = new RawConnection(GATEWAY)) {
            GATEWAY.forget();
            asking.chat(bodyOf(Chat.mode("hang")));
            GATEWAY.small().awaitCall();

            assertThat(big().status()).isEqualTo(503);
            asking.reset();
        }
        becomesFree();
    }

    @Test
    void aBodyThatNeverFitsIsTooLarge() throws Exception {
        var reply = client.chat(" ".repeat(2 * BIG));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().at("/error/message").asString()).contains("pointsman.access.bodies");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,500",
        "/v1/responses,500",
        "/v1/messages,500",
        "/v1/messages/count_tokens,500",
        "/v1/completions,500",
        "/v1/embeddings,500"
    })
    void valuesAreLimitedWhereverJsonIsRead(String path, int lists) throws Exception {
        var tooMany = client.post(path, "{\"model\":\"none\",\"x\":[" + "[],".repeat(lists) + "0]}");
        var justSo = client.post(path, "{\"model\":\"none\",\"x\":[" + "[],".repeat(lists - 5) + "0]}");

        assertThat(tooMany.status()).as(tooMany.toString()).isEqualTo(400);
        assertThat(tooMany.toString()).contains("limit_exceeded");
        assertThat(justSo.toString()).doesNotContain("limit_exceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batches", "/v1/table-jobs"})
    void whatIsNoRowOfAJobHasALimitOfValuesToo(String path) throws Exception {
        var tooMany = client.post(path, "{\"model\":\"none\",\"x\":[" + "[],".repeat(60_000) + "0]}");

        assertThat(tooMany.status()).as(tooMany.toString()).isEqualTo(400);
        assertThat(tooMany.json().at("/error/message").asString()).contains("more than 100,000 values");
    }

    /// A body that is not there yet, for which the memory is claimed: nobody else gets it.
    private RawConnection held() throws Exception {
        becomesFree();
        var held = new AtomicReference<RawConnection>();
        Eventually.holds("its memory is claimed", Duration.ofSeconds(10), () -> {
            var raw = new RawConnection(GATEWAY);
            raw.sendHead("POST /v1/chat/completions", JSON, "content-length: " + BIG);
            raw.send("{");
            if (big().status() == 503) {
                held.set(raw);
                return true;
            }
            raw.close();
            return false;
        });
        return held.get();
    }

    private void becomesFree() throws Exception {
        Eventually.holds("the memory is free", Duration.ofSeconds(10), () -> big().status() == 200);
    }

    private Reply big() throws Exception {
        return client.chat(bodyOf("x"));
    }

    private static String bodyOf(String beginning) {
        var rest = BIG - Chat.ask("small", beginning).length();
        return Chat.ask("small", beginning + "x".repeat(rest));
    }
}
