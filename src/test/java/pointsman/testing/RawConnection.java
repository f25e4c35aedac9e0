package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A client of a [Gateway] that writes its bytes itself, for what a polite client would never send.
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MAX_READ = 64 * 1024 * 1024;

    private final Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    public RawConnection(Gateway gateway) throws IOException {
        this(gateway.port());
    }

    /// To another port of the gateway.
    public RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /// Sends a chat request with an honest length.
    public void chat(String body) throws IOException {
        post("/v1/chat/completions", body);
    }

    /// Sends a whole request with an honest length, in one piece.
    public void post(String target, String body, String... headers) throws IOException {
        var length = "content-length: " + body.getBytes(UTF_8).length;
        var all = Stream.concat(Stream.of("content-type: application/json", length), Arrays.stream(headers));
        send(head("POST " + target, all.toArray(String[]::new)) + body);
    }

    /// Sends the head of a request; `line` is its method and target.
    public void sendHead(String line, String... headers) throws IOException {
        send(head(line, headers));
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    /// Reads until `marker` has come; returns everything read so far. An end without it is an [AssertionError].
    public String readUntil(String marker) throws IOException {
        var buffer = new byte[8192];
        while (!received.toString(UTF_8).contains(marker)) {
            var count = socket.getInputStream().read(buffer);
            if (count < 0 || received.size() > MAX_READ) {
                throw new AssertionError(
                        "No '" + marker + "' in " + received.size() + " bytes: " + received.toString(UTF_8));
            }
            received.write(buffer, 0, count);
        }
        return received.toString(UTF_8);
    }

    /// Reads a chunked answer to its end, however long it is; returns the last part of it.
    public String readEnd() throws IOException {
        var buffer = new byte[1 << 16];
        var tail = "";
        while (!tail.endsWith("\r\n0\r\n\r\n")) {
            var count = socket.getInputStream().read(buffer);
            if (count < 0) {
                throw new AssertionError("The answer was cut; the last that came: " + tail);
            }
            tail = tail.substring(Math.max(0, tail.length() - 1000)) + new String(buffer, 0, count, UTF_8);
        }
        return tail;
    }

    /// Reads until the gateway closes the connection.
    public String readAll() throws IOException {
        received.writeBytes(socket.getInputStream().readAllBytes());
        return received.toString(UTF_8);
    }

    /// Leaves with a TCP reset, as a killed process does.
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String head(String line, String... headers) {
        return line + " HTTP/1.1\r\nhost: 127.0.0.1\r\n"
                + Arrays.stream(headers).map(header -> header + "\r\n").collect(Collectors.joining()) + "\r\n";
    }
}
