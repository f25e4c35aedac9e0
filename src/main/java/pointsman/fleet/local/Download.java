package pointsman.fleet.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Fetches a URL into a file. What has arrived is kept in `FILE.part`, and the next try asks only for the rest, be it
/// after a cut connection or in the next run of the program. The caller checks the content: a server that changed the
/// file between two tries is found out by the hash.
final class Download {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(?:\\d+|\\*)");

    private final HttpClient client;
    private final LocalProperties.Downloads limits;
    private final PrintStream out;
    private final boolean terminal;

    Download(HttpClient client, LocalProperties.Downloads limits, PrintStream out, boolean terminal) {
        this.client = client;
        this.limits = limits;
        this.out = out;
        this.terminal = terminal;
    }

    /// @throws FetchException where the server refuses the file, or it is too large for the limit or the disk
    /// @throws IOException where the connection fails again and again
    void fetch(URI uri, Path file) throws IOException, InterruptedException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        var fruitless = 0;
        while (true) {
            var before = sizeOf(part);
            try {
                fetchRest(uri, part, file.getFileName().toString());
                Files.move(part, file, ATOMIC_MOVE);
                return;
            } catch (FetchException e) {
                throw e;
            } catch (IOException e) {
                fruitless = sizeOf(part) > before ? 0 : fruitless + 1;
                if (fruitless >= limits.attempts()) {
                    throw e;
                }
                Thread.sleep(limits.retryAfter());
            }
        }
    }

    private void fetchRest(URI uri, Path part, String label) throws IOException, InterruptedException {
        var have = sizeOf(part);
        var response = client.send(request(uri, have), BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> copy(response, body, part, 0, label);
                case 206 -> copy(response, body, part, resumedAt(response, have), label);
                case 416 -> restart(part);
                case 408, 425, 429, 500, 502, 503, 504 ->
                    throw new IOException("HTTP " + response.statusCode() + " from " + uri.getHost());
                default -> throw new FetchException("HTTP " + response.statusCode() + " from " + uri.getHost());
            }
        }
    }

    private HttpRequest request(URI uri, long have) {
        var request = HttpRequest.newBuilder(uri).timeout(limits.stall());
        return (have > 0 ? request.header("Range", "bytes=" + have + "-") : request).build();
    }

    private static long resumedAt(HttpResponse<?> response, long have) throws IOException {
        var range = response.headers().firstValue("Content-Range").orElse("");
        var match = CONTENT_RANGE.matcher(range);
        if (!match.matches() || !match.group(1).equals(Long.toString(have))) {
            throw new FetchException("asked for bytes from " + have + " on, but got Content-Range: " + range);
        }
        return have;
    }

    private static void restart(Path part) throws IOException {
        Files.delete(part);
        throw new IOException("the server has less than what was fetched before");
    }

    private void copy(HttpResponse<?> response, InputStream body, Path part, long have, String label)
            throws IOException {
        var rest = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        var total = rest < 0 ? -1 : have + rest;
        requireRoom(part, rest, total);
        try (var progress = new FetchProgress(out, terminal, label, have, total);
                var watch = new StallWatch(body, limits.stall());
                var file = Files.newOutputStream(part, CREATE, have > 0 ? APPEND : TRUNCATE_EXISTING)) {
            var buffer = new byte[BUFFER_BYTES];
            var size = have;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                requireWithinLimit(size);
                write(file, buffer, read);
                watch.moved();
                progress.advance(read);
            }
        }
    }

    private static void write(OutputStream file, byte[] buffer, int length) throws FetchException {
        try {
            file.write(buffer, 0, length);
        } catch (IOException e) {
            throw new FetchException.CannotStore("cannot be written: " + e.getMessage());
        }
    }

    private void requireRoom(Path part, long rest, long total) throws IOException {
        requireWithinLimit(total);
        var free = Files.getFileStore(part.toAbsolutePath().getParent()).getUsableSpace();
        if (rest > free) {
            throw new FetchException.CannotStore("no space: %,d bytes are needed in %s, %,d are free"
                    .formatted(rest, part.toAbsolutePath().getParent(), free));
        }
    }

    private void requireWithinLimit(long bytes) throws FetchException {
        if (bytes > limits.maxFile().toBytes()) {
            throw new FetchException(
                    "larger than downloads.max-file, " + limits.maxFile().toBytes() + " bytes");
        }
    }

    private static long sizeOf(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }
}
