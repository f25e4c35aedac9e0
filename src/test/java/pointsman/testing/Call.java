package pointsman.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One request that reached a [FakeUpstream], byte for byte, and how it ended.
public final class Call {
    private static final JsonMapper JSON = new JsonMapper();

    private final String method;
    private final String path;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final AtomicLong sentBytes = new AtomicLong();

    public Call(String method, String path, List<Map.Entry<String, String>> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /// How a call ended, as the upstream saw it.
    public enum Ending {
        /// The script wrote its last byte.
        ANSWERED,
        /// The script cut its own answer.
        CUT,
        /// The gateway closed the connection while the script was still at work.
        CALLER_GONE
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    /// Names as they were spelled on the wire, in their order.
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /// Every value of the header `name`, whatever its case.
    public List<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        return body.clone();
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /// Bytes written so far; a writer that is held back by its reader stops counting.
    public long sentBytes() {
        return sentBytes.get();
    }

    /// Waits until the call has ended, at most `deadline`; a call that has not ended by then is an [AssertionError].
    public Ending awaitEnding(Duration deadline) throws InterruptedException {
        try {
            return ending.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new AssertionError("The call is still going on after " + deadline + ".");
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    void sent(int bytes) {
        sentBytes.addAndGet(bytes);
    }

    void ended(Ending how) {
        ending.complete(how);
    }

    boolean hasEnded() {
        return ending.isDone();
    }
}
