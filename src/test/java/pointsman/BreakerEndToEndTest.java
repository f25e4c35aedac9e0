package pointsman;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;
import pointsman.testing.SharedGateway;

/// An upstream that keeps failing is left alone, one that works is not, whatever its clients do.
@Timeout(60)
class BreakerEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int WINDOW = 10;

    private static final Gateway GATEWAY = SharedGateway.BREAKING.get();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void closeTheBreakersAndFillTheirWindowsWithGoodCalls() throws Exception {
        for (var model : new String[] {"small", "large"}) {
            Eventually.holds("the breaker of " + model + " closes", PATIENCE, () -> answers(model));
            for (var i = 0; i < WINDOW; i++) {
                assertThat(answers(model)).isTrue();
            }
        }
        GATEWAY.forget();
    }

    @Test
    void theBreakerOpensAndClosesAgain() throws Exception {
        for (var i = 0; i < 50; i++) {
            client.chat(Chat.ask("small", Chat.mode("status:500")));
        }

        assertThat(GATEWAY.small().calls()).hasSizeLessThanOrEqualTo(20);
        assertThat(answers("small")).isFalse();
        Eventually.holds("the breaker closes", PATIENCE, () -> answers("small"));
    }

    @Test
    void anOpenBreakerRefusesAtOnceAndLargeStandsInForSmall() throws Exception {
        breakSmall();

        var pinned = client.chat(Chat.ask("small", "hello"));
        var routed = client.chat(Chat.ask("auto", "hello"));

        assertThat(pinned.status()).as(pinned.toString()).isEqualTo(503);
        assertThat(pinned.errorCode()).isEqualTo("upstream_unavailable");
        assertThat(Long.parseLong(pinned.header("retry-after"))).isPositive();
        assertThat(routed.status()).isEqualTo(200);
        assertThat(routed.header("x-pointsman-reason")).as(routed.toString()).isEqualTo("small_unavailable");
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void aReadyGatewayStaysReadyAndNamesTheUpstreamWhoseBreakerIsOpen() throws Exception {
        breakSmall();

        var reply = client.get("/readyz");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.json().path("parts").path("small").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status:400", "status:401", "status:402", "status:403", "status:404", "status:451", "429"})
    void whatTheClientIsToBlameForDoesNotOpenIt(String mode) throws Exception {
        for (var i = 0; i < 3 * WINDOW; i++) {
            client.chat(Chat.ask("large", Chat.mode(mode)));
        }

        assertThat(answers("large")).isTrue();
    }

    @Test
    void bodiesThatCannotBeReadDoNotOpenIt() throws Exception {
        var body = Chat.ask("large", "hello").getBytes(UTF_16LE);
        for (var i = 0; i < 3 * WINDOW; i++) {
            client.send("POST", "/v1/chat/completions", body, "content-type", "application/json");
        }

        assertThat(answers("large")).isTrue();
    }

    @Test
    void streamsThatBreakOffOpenItToo() throws Exception {
        for (var i = 0; i < 3 * WINDOW; i++) {
            client.chat(Chat.stream("large", Chat.mode("reset-mid-stream")));
        }

        assertThat(answers("large")).isFalse();
    }

    @Test
    void clientsThatLeaveDoNotOpenIt() throws Exception {
        for (var i = 0; i < 3 * WINDOW; i++) {
            try (var raw = new RawConnection(GATEWAY)) {
                raw.chat(Chat.stream("large", Chat.mode("endless")));
                raw.readUntil("data: ");
            }
        }

        assertThat(answers("large")).isTrue();
    }

    private void breakSmall() throws Exception {
        for (var i = 0; i < 2 * WINDOW; i++) {
            client.chat(Chat.ask("small", Chat.mode("status:500")));
        }
        GATEWAY.forget();
    }

    private boolean answers(String model) throws Exception {
        return client.chat(Chat.ask(model, "hello")).status() == 200;
    }
}
