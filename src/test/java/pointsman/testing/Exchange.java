package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// One call and the socket to answer it on: whole answers, chunked ones, and every way of breaking off.
public final class Exchange {
    private static final Duration FOR_EVER = Duration.ofMinutes(5);
    private static final byte[] LINE_END = "\r\n".getBytes(UTF_8);

    private final Call call;
    private final Socket socket;
    private final int attempt;

    Exchange(Call call, Socket socket, int attempt) {
        this.call = call;
        this.socket = socket;
        this.attempt = attempt;
    }

    public Call call() {
        return call;
    }

    /// How the route that was called says things.
    Wire wire() {
        return Wire.of(call);
    }

    /// How many calls with this very body came so far, this one included.
    public int attempt() {
        return attempt;
    }

    /// Whether the caller asked for a stream.
    public boolean streams() {
        return call.json().path("stream").asBoolean(false);
    }

    /// Whether the caller asked for the usage at the end of its stream.
    public boolean wantsUsage() {
        return call.json().path("stream_options").path("include_usage").asBoolean(false);
    }

    /// The model that the caller named.
    public String model() {
        return call.json().path("model").asString("?");
    }

    /// A whole JSON answer, `headers` being lines such as `retry-after: 7`.
    public void json(int status, String body, String... headers) throws IOException {
        whole(status, "application/json", body.getBytes(UTF_8), headers);
    }

    /// A whole answer with an honest length.
    public void whole(int status, String contentType, byte[] body, String... headers) throws IOException {
        var head = head(status, contentType, "content-length: " + body.length, headers);
        call.ended(Call.Ending.ANSWERED);
        write(join(head, body));
    }

    /// The head of an answer that claims `length` bytes; its body follows by [#raw(byte[])].
    public void beginWithLength(int status, String contentType, int length) throws IOException {
        write(head(status, contentType, "content-length: " + length));
    }

    /// The head of an event stream; its body follows by [#chunk(String)].
    public void beginStream(String... headers) throws IOException {
        beginChunked("text/event-stream; charset=utf-8", headers);
    }

    /// The head of a chunked answer.
    public void beginChunked(String contentType, String... headers) throws IOException {
        write(head(200, contentType, "transfer-encoding: chunked", headers));
    }

    public void chunk(String text) throws IOException {
        chunk(text.getBytes(UTF_8));
    }

    /// One HTTP chunk, written to the socket at once.
    public void chunk(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            write(join(Integer.toHexString(bytes.length).getBytes(UTF_8), LINE_END, bytes, LINE_END));
        }
    }

    /// The proper end of a chunked answer.
    public void end() throws IOException {
        call.ended(Call.Ending.ANSWERED);
        write("0\r\n\r\n".getBytes(UTF_8));
    }

    /// A whole event stream, each event a chunk.
    public void stream(List<String> events) throws IOException {
        beginStream();
        for (var event : events) {
            chunk(event);
        }
        end();
    }

    /// Bytes as they are, without framing.
    public void raw(byte[] bytes) throws IOException {
        write(bytes);
    }

    /// Breaks off with a TCP reset.
    public void reset() throws IOException {
        call.ended(Call.Ending.CUT);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// Breaks off with an orderly close of the connection.
    public void close() throws IOException {
        call.ended(Call.Ending.CUT);
        socket.close();
    }

    /// Says nothing more until the caller leaves.
    public void hang() throws InterruptedException {
        call.awaitEnding(FOR_EVER);
    }

    /// Says nothing for `pause`; true if the caller is still there then.
    public boolean pause(Duration pause) throws InterruptedException {
        try {
            call.awaitEnding(pause);
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        call.sent(bytes.length);
    }

    private static byte[] head(int status, String contentType, String framing, String... headers) {
        var head = new StringBuilder("HTTP/1.1 " + status + " Fake\r\n");
        head.append("content-type: ").append(contentType).append("\r\n");
        head.append(framing).append("\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (var part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
