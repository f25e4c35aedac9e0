package pointsman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the classes that share a gateway rely on.
@Timeout(60)
class SharedGatewayTest {
    @Test
    void aStartThatFailsFailsEveryUserWithItsReason() {
        int before = Gateway.started();
        var start = new GatewayStart("pointsman.tier.threshold=7");

        for (int user = 0; user < 2; user++) {
            assertThatThrownBy(start::get).hasStackTraceContaining("pointsman.tier");
        }
        assertThat(Gateway.started()).isEqualTo(before);
    }

    @Test
    void itStartsOnce() {
        assertThat(SharedGateway.PLAIN.get()).isSameAs(Gateway.shared());
    }

    @Test
    void noneOfItsUsersClosesIt() throws Exception {
        var gateway = SharedGateway.PLAIN.get();

        assertThatThrownBy(gateway::close).isInstanceOf(IllegalStateException.class);

        assertThat(gateway.client().get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void theNextClassFindsItsProvidersAsNew() throws Exception {
        var gateway = SharedGateway.PLAIN.get();
        gateway.small().on("mine", "ok");
        gateway.small().on("ok", "status");
        gateway.client().chat(Chat.ask("small", Chat.mode("mine")));

        gateway.renew();

        assertThat(gateway.small().calls()).isEmpty();
        assertThat(gateway.client().chat(Chat.ask("small", "hello")).status()).isEqualTo(200);
        assertThat(gateway.client().chat(Chat.ask("small", Chat.mode("mine"))).status())
                .isNotEqualTo(200);
    }
}
