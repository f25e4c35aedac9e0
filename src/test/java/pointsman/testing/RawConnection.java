package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// A client of a [Gateway] that writes its bytes itself, for what a polite client would never send.
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MAX_READ = 64 * 1024 * 1024;

    private final Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    public RawConnection(Gateway gateway) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /// Sends a chat request with an honest length.
    public void chat(String body) throws IOException {
        sendHead(
                "POST /v1/chat/completions",
                "content-type: application/json",
                "content-length: " + body.getBytes(UTF_8).length);
        send(body);
    }

    /// Sends the head of a request; `line` is its method and target.
    public void sendHead(String line, String... headers) throws IOException {
        send(line + " HTTP/1.1\r\nhost: gateway\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "\r\n" : "\r\n\r\n"));
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

    /// Reads until `marker` has come, keeping only the last part of what came; returns that part.
    public String readToEnd(long mostBytes, String marker) throws IOException {
        var buffer = new byte[1 << 16];
        var tail = "";
        for (long total = 0; total < mostBytes && !tail.contains(marker); ) {
            var count = socket.getInputStream().read(buffer);
            if (count < 0) {
                break;
            }
            total += count;
            tail = tail.substring(Math.max(0, tail.length() - 1000)) + new String(buffer, 0, count, UTF_8);
        }
        if (!tail.contains(marker)) {
            throw new AssertionError("No '" + marker + "'; the last that came: " + tail);
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
}
