package pointsman.fleet.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// A real web server with one file at `/file`. It knows ranges, and can be told to misbehave, one request at a time.
final class FileServer implements AutoCloseable {
    enum Fault {
        CUT,
        STALL,
        NOT_FOUND,
        UNAVAILABLE,
        IGNORE_RANGE
    }

    private final HttpServer server;
    private final byte[] content;
    private final BlockingQueue<Fault> faults = new LinkedBlockingQueue<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    FileServer(byte[] content) throws IOException {
        this.content = content;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/file", this::answer);
        server.start();
    }

    FileServer failing(Fault... next) {
        faults.addAll(List.of(next));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/file";
    }

    /// The `Range` headers of the requests so far, in order; `-` for none.
    List<String> ranges() {
        return ranges;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "-" : range);
        var start = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        switch (faults.poll()) {
            case null -> send(exchange, start, content.length);
            case IGNORE_RANGE -> send(exchange, 0, content.length);
            case CUT -> send(exchange, start, start + (content.length - start) / 2);
            case STALL -> stall(exchange, start);
            case NOT_FOUND -> refuse(exchange, 404);
            case UNAVAILABLE -> refuse(exchange, 503);
        }
    }

    private void send(HttpExchange exchange, int start, int end) throws IOException {
        head(exchange, start);
        exchange.getResponseBody().write(content, start, end - start);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private void stall(HttpExchange exchange, int start) throws IOException {
        head(exchange, start);
        exchange.getResponseBody().write(content, start, (content.length - start) / 2);
        exchange.getResponseBody().flush();
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void head(HttpExchange exchange, int start) throws IOException {
        if (start > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(start > 0 ? 206 : 200, content.length - start);
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
