package pointsman.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A plain HTTP/1.1 client of a [Gateway]; `headers` are names and values in turn.
public final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Gateway gateway;

    Client(Gateway gateway) {
        this.gateway = gateway;
    }

    /// Sends a chat request and waits for the whole answer, a stream's too.
    public Reply chat(String body, String... headers) throws IOException, InterruptedException {
        return post("/v1/chat/completions", body, headers);
    }

    public Reply post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(request(gateway.uri(path), headers)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    public Reply get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(gateway.uri(path), headers).GET().build());
    }

    public Reply management(String path) throws IOException, InterruptedException {
        return send(request(gateway.management(path)).GET().build());
    }

    /// Sends `method` with `body` exactly as given, without a content type of its own.
    public Reply send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        return send(request(gateway.uri(path), headers)
                .method(method, BodyPublishers.ofByteArray(body))
                .build());
    }

    /// Sends a chat request and hands over its answer while it comes.
    public HttpResponse<InputStream> open(String body) throws IOException, InterruptedException {
        var request = request(gateway.uri("/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofInputStream());
    }

    private Reply send(HttpRequest request) throws IOException, InterruptedException {
        return new Reply(HTTP.send(request, BodyHandlers.ofByteArray()));
    }

    private static HttpRequest.Builder request(URI uri, String... headers) {
        var request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }
}
