package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The server's half of one HTTP/1.1 connection.
///
/// One thread reads, another answers. So the reader sits in `read` while the answer is written, and sees at once
/// when the caller leaves: the next byte after a request is either the next request's first, or the end.
final class Connection {
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_BODY = 64 * 1024 * 1024;

    private final Socket socket;
    private final BufferedInputStream input;
    private final Answering answering;

    /// Whatever answers a call; it returns when the answer is complete or broken off.
    interface Answering {
        void answer(Call call, Socket socket) throws IOException, InterruptedException;
    }

    Connection(Socket socket, Answering answering) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
        this.answering = answering;
    }

    /// Serves requests until either side closes.
    void serve() throws InterruptedException {
        try (socket) {
            while (serveOne()) {}
        } catch (IOException _) {
            // The caller reset the connection between two requests, or a script closed it.
        }
    }

    private boolean serveOne() throws IOException, InterruptedException {
        var request = readRequest();
        if (request.isEmpty()) {
            return false;
        }
        var call = request.get();
        var writer = Thread.startVirtualThread(() -> answer(call));
        var callerStays = anotherByteComes();
        if (!callerStays) {
            call.ended(Call.Ending.CALLER_GONE);
            socket.close();
        }
        writer.join();
        return callerStays;
    }

    private void answer(Call call) {
        try {
            answering.answer(call, socket);
        } catch (IOException _) {
            call.ended(Call.Ending.CALLER_GONE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean anotherByteComes() {
        try {
            input.mark(1);
            var next = input.read();
            input.reset();
            return next >= 0;
        } catch (IOException _) {
            return false;
        }
    }

    private Optional<Call> readRequest() throws IOException {
        var first = readLine(input);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var words = first.split(" ", 3);
        var headers = readHeaders();
        return Optional.of(new Call(words[0], words[1], headers, readBody(headers)));
    }

    private List<Map.Entry<String, String>> readHeaders() throws IOException {
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (var line = readLine(input); !line.isEmpty(); line = readLine(input)) {
            var colon = line.indexOf(':');
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
            if (headers.size() > MAX_HEADERS) {
                throw new IOException("More than " + MAX_HEADERS + " headers.");
            }
        }
        return headers;
    }

    private byte[] readBody(List<Map.Entry<String, String>> headers) throws IOException {
        for (var header : headers) {
            if (header.getKey().equalsIgnoreCase("transfer-encoding")) {
                return readChunks();
            }
            if (header.getKey().equalsIgnoreCase("content-length")) {
                return readExactly(Integer.parseInt(header.getValue()));
            }
        }
        return new byte[0];
    }

    private byte[] readChunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (var size = readChunkSize(); size > 0; size = readChunkSize()) {
            body.writeBytes(readExactly(size));
            readLine(input);
        }
        readLine(input);
        return body.toByteArray();
    }

    private int readChunkSize() throws IOException {
        return Integer.parseInt(readLine(input), 16);
    }

    private byte[] readExactly(int length) throws IOException {
        if (length > MAX_BODY) {
            throw new IOException("A body of " + length + " bytes, more than " + MAX_BODY + ".");
        }
        var bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The body ended after " + bytes.length + " of " + length + " bytes.");
        }
        return bytes;
    }

    /// A line without its CRLF; empty at the end of the input, too.
    private static String readLine(InputStream input) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            if (next != '\r') {
                line.write(next);
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("A line of more than " + MAX_LINE + " bytes.");
            }
        }
        return line.toString(UTF_8);
    }
}
