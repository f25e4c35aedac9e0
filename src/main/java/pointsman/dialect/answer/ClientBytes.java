package pointsman.dialect.answer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.wire.SseEvent;

/// What a client gets for the bytes that came from an upstream: events that are passed as they are, and
/// others that are written. Neighbouring events that pass are one stretch, and where that is all that came,
/// it is not even copied.
@SuppressWarnings("ReferenceEquality") // two stretches of one array, not of two that are equal
public final class ClientBytes {
    private final byte[] came;
    private byte[] passing;
    private int from;
    private int to;
    private @Nullable ByteArrayOutputStream written;

    /// @param came what an upstream sent
    ClientBytes(byte[] came) {
        this.came = came;
        this.passing = came;
    }

    /// Passes an event as it is.
    public void pass(SseEvent event) {
        if (from == to) {
            passing = event.bytes();
            from = event.from();
        } else if (passing != event.bytes() || to != event.from()) {
            writer();
            passing = event.bytes();
            from = event.from();
        }
        to = event.to();
    }

    /// Takes what is written in place of events.
    public ByteArrayOutputStream writer() {
        var writer = written;
        if (writer == null) {
            writer = new ByteArrayOutputStream(came.length + 256);
            written = writer;
        }
        writer.write(passing, from, to - from);
        from = to;
        return writer;
    }

    byte[] toByteArray() {
        if (written != null) {
            return writer().toByteArray();
        }
        return passing == came && from == 0 && to == came.length ? came : Arrays.copyOfRange(passing, from, to);
    }
}
