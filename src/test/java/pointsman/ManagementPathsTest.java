package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Gateway;
import pointsman.testing.SharedGateway;

/// An operator may move the endpoints of the management port; the product's routes come along nowhere.
@Timeout(120)
class ManagementPathsTest {
    private static final List<String> PRODUCT = List.of(
            "/v1/models",
            "/v1/table-jobs",
            "/v1/files",
            "/healthz",
            "/readyz",
            "/v1",
            "//v1/models",
            "/health/../v1/models",
            "/health/%2e%2e/v1/models",
            "/health;x/../v1/models",
            "/healthx",
            "/env");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void theyMayBeAtTheRoot() throws Exception {
        var gateway = SharedGateway.NARROW.get();

        answers(gateway, "", "/", "/health", "/health/liveness", "/prometheus");
        assertThat(get(gateway, "/actuator/health").statusCode()).isEqualTo(404);
    }

    @Test
    void theServerMayHaveAPathOfItsOwn() throws Exception {
        var gateway = SharedGateway.BREAKING.get();

        answers(gateway, "/ops", "/actuator", "/actuator/health", "/actuator/health/liveness", "/actuator/prometheus");
        assertThat(get(gateway, "/actuator/health").statusCode()).isEqualTo(404);
    }

    @Test
    void bothMayBeMovedAndAnEndpointBeside() throws Exception {
        var gateway = SharedGateway.TIGHT.get();

        answers(gateway, "/ops", "/", "/health", "/metrics/all");
        assertThat(get(gateway, "/ops/prometheus").statusCode()).isEqualTo(404);
    }

    private static void answers(Gateway gateway, String prefix, String... endpoints) throws Exception {
        for (var path : endpoints) {
            assertThat(get(gateway, prefix + path).statusCode()).as(path).isEqualTo(200);
        }
        for (var path : PRODUCT) {
            assertThat(get(gateway, path).statusCode()).as(path).isEqualTo(404);
            assertThat(get(gateway, prefix + path).statusCode())
                    .as(prefix + path)
                    .isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(Gateway gateway, String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(gateway.management(path)).build(), BodyHandlers.ofString());
    }
}
