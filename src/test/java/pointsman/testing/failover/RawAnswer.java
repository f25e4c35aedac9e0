package pointsman.testing.failover;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What came over the wire within a client's patience.
///
/// @param status 0: nothing came
/// @param body as far as it came
/// @param ending how the transfer ended
/// @param time from the request to the last byte, or to the end of patience
record RawAnswer(int status, HttpHeaders headers, String body, Ending ending, Duration time) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (_, _) -> true);

    /// How a transfer ends.
    enum Ending {
        /// As HTTP ends an answer.
        PROPER,
        /// The connection was lost.
        CUT,
        /// The client's patience was over.
        HUNG
    }

    /// Asks, and reads as long as `patience` lasts.
    static RawAnswer of(URI uri, String key, String body, Duration patience) throws InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(body))
                .build();
        long begin = System.nanoTime();
        var head = HTTP.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            return read(head.get(patience.toNanos(), TimeUnit.NANOSECONDS), begin, patience);
        } catch (TimeoutException _) {
            head.cancel(true);
            return new RawAnswer(0, NONE, "", Ending.HUNG, since(begin));
        } catch (ExecutionException _) {
            return new RawAnswer(0, NONE, "", Ending.CUT, since(begin));
        }
    }

    /// Asks for what needs no key.
    static RawAnswer get(URI uri) throws IOException, InterruptedException {
        var answer = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return new RawAnswer(answer.statusCode(), answer.headers(), answer.body(), Ending.PROPER, Duration.ZERO);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    private static RawAnswer read(HttpResponse<InputStream> answer, long begin, Duration patience)
            throws InterruptedException {
        var received = new ByteArrayOutputStream();
        var transfer = CompletableFuture.supplyAsync(
                () -> transfer(answer.body(), received),
                task -> Thread.ofVirtual().start(task));
        Ending ending;
        try {
            var left = patience.minus(since(begin));
            ending = transfer.get(Math.max(1, left.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            ending = Ending.HUNG;
            close(answer.body());
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
        var time = since(begin);
        return new RawAnswer(answer.statusCode(), answer.headers(), received.toString(UTF_8), ending, time);
    }

    private static Ending transfer(InputStream body, ByteArrayOutputStream to) {
        try (body) {
            body.transferTo(to);
            return Ending.PROPER;
        } catch (IOException _) {
            return Ending.CUT;
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException _) {
            // It is given up all the same.
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
