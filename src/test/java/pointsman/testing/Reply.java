package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole answer of the gateway.
public record Reply(HttpResponse<byte[]> response) {
    private static final JsonMapper JSON = new JsonMapper();

    public int status() {
        return response.statusCode();
    }

    /// The value of the header `name`, or an empty text.
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// All header names, in lower case.
    public Set<String> headerNames() {
        return response.headers().map().keySet();
    }

    public String text() {
        return new String(response.body(), UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(response.body());
    }

    /// The `code` of an answer in OpenAI's error shape, or an empty text.
    public String errorCode() {
        return json().path("error").path("code").asString("");
    }

    /// The data of a stream's events, comments left out.
    public List<String> events() {
        return Events.data(text());
    }

    /// Whether the stream says that it is complete.
    public boolean isDone() {
        return text().contains("[DONE]");
    }

    /// What a person needs to see when an assertion about this answer fails.
    @Override
    public String toString() {
        return status() + " " + response.headers().map() + "\n" + text();
    }
}
