package pointsman.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands' way to a running gateway.
///
/// @param url up to and with `/v1`
/// @param key of a tenant; empty for a gateway without tenants
record GatewayClient(URI url, String key) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration AWAY = Duration.ofMinutes(2);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /// Sends a form of two parts: the job and its table.
    JsonNode send(String path, String job, Path table) throws IOException, InterruptedException {
        var boundary = UUID.randomUUID().toString();
        var head = "--%s\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n%s\r\n".formatted(boundary, job)
                + "--%s\r\nContent-Disposition: form-data; name=\"table\"; filename=\"%s\"\r\n\r\n"
                        .formatted(boundary, String.valueOf(table.getFileName()).replaceAll("[\"\r\n]", "_"));
        var body = BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofFile(table),
                BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary)));
        var request = request(path)
                .header("content-type", "multipart/form-data; boundary=" + boundary)
                .header("idempotency-key", boundary)
                .POST(body)
                .build();
        return JSON.readTree(
                checked(HTTP.send(request, BodyHandlers.ofString())).body());
    }

    /// Looks at something, also while the gateway is away for a moment.
    JsonNode patiently(String path) throws IOException, InterruptedException {
        var started = System.nanoTime();
        while (true) {
            try {
                return JSON.readTree(checked(HTTP.send(request(path).build(), BodyHandlers.ofString()))
                        .body());
            } catch (ConnectException e) {
                if (System.nanoTime() - started > AWAY.toNanos()) {
                    throw e;
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }

    /// Fetches a document into a file, as a whole or not at all.
    void download(String path, Path target) throws IOException, InterruptedException {
        var whole = target.toAbsolutePath();
        var partial = Files.createTempFile(whole.getParent(), whole.getFileName() + ".", ".partial");
        try {
            var response = HTTP.send(request(path).build(), BodyHandlers.ofFile(partial));
            if (response.statusCode() != 200) {
                throw new IOException(message(Files.readString(partial), response.statusCode()));
            }
            Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private HttpRequest.Builder request(String path) {
        var base = url.toString().endsWith("/")
                ? url.toString().substring(0, url.toString().length() - 1)
                : url.toString();
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        return key.isEmpty() ? request : request.header("authorization", "Bearer " + key);
    }

    private static HttpResponse<String> checked(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= 300) {
            throw new IOException(message(response.body(), response.statusCode()));
        }
        return response;
    }

    private static String message(String body, int status) {
        try {
            return JSON.readTree(body)
                    .path("error")
                    .path("message")
                    .asString("the gateway answers with status " + status);
        } catch (JacksonException _) {
            return "this is no gateway: it answers with status " + status;
        }
    }
}
