package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;

/// The management port answers health and metrics, and nothing of the product is there.
@Timeout(60)
class ManagementPortTest {
    private static final Gateway GATEWAY = Gateway.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models",
                "/v1/models/",
                "//v1/models",
                "/v1/models/small",
                "/v1/batches",
                "/v1/files",
                "/v1/files/x",
                "/v1/table-jobs",
                "/v1/table-jobs/x/results",
                "/v1/chat/completions",
                "/v1%2fmodels",
                "/%761/models",
                "/healthz",
                "/readyz",
                "/",
                "/favicon.ico",
                "/actuator/../v1/models",
                "/actuator/%2e%2e/v1/models",
                "/actuator/env",
                "/actuator/healthx",
                "/actuator;x/../v1/models"
            })
    void nothingElseIsThere(String path) throws Exception {
        for (var method : new String[] {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
            var reply = send(method, path);

            assertThat(reply.statusCode())
                    .as("%s %s: %s", method, path, reply.body())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions", "/v1/messages", "/v1/responses"})
    void noChatIsParsedOrSent(String path) throws Exception {
        GATEWAY.forget();
        var reply = HTTP.send(
                HttpRequest.newBuilder(GATEWAY.management(path))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(Chat.ask("small", "hello")))
                        .build(),
                BodyHandlers.ofString());

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(404);
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health",
                "/actuator/health/",
                "/actuator/health/liveness",
                "/actuator/prometheus"
            })
    void healthAndMetricsAre(String path) throws Exception {
        assertThat(send("GET", path).statusCode()).isEqualTo(200);
        assertThat(send("HEAD", path).statusCode()).isEqualTo(200);
    }

    @Test
    void healthCanOnlyBeRead() throws Exception {
        for (var method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
            assertThat(send(method, "/actuator/health").statusCode()).as(method).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/prometheus", "/v1/models"})
    void webPagesStayOutside(String path) throws Exception {
        assertThat(answer(path, "host: page.example"))
                .startsWith("HTTP/1.1 403")
                .contains("forbidden_host");
        assertThat(answer(path, "host: localhost", "origin: https://page.example"))
                .startsWith("HTTP/1.1 403")
                .contains("forbidden_origin");
        assertThat(answer(path, "host: localhost", "sec-fetch-site: cross-site"))
                .startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "127.0.0.1", "[::1]:8081"})
    void scrapersComeByAnyNameOfLoopback(String host) throws Exception {
        assertThat(answer("/actuator/prometheus", "host: " + host)).startsWith("HTTP/1.1 200");
    }

    private static String answer(String path, String... headers) throws Exception {
        try (var raw = new RawConnection(GATEWAY.management("/").getPort())) {
            raw.send(
                    "GET %s HTTP/1.1\r\nconnection: close\r\n%s\r\n\r\n".formatted(path, String.join("\r\n", headers)));
            return raw.readAll();
        }
    }

    private static HttpResponse<String> send(String method, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(GATEWAY.management(path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
