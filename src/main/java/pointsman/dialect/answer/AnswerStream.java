package pointsman.dialect.answer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import pointsman.dialect.wire.SseEvent;
import pointsman.dialect.wire.SseSplitter;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;

/// One streamed answer, read as it passes. Whatever the network made of the stream, whole events come out;
/// what the upstream states of usage is noted; and the end is checked, so that a stream that was cut never
/// looks finished.
///
/// It is fed by one caller at a time, and holds one event at most, up to its limit.
public abstract class AnswerStream {
    private final String upstream;
    private final SseSplitter splitter;
    private Optional<Failure> failure = Optional.empty();
    private boolean done;
    private int said;
    private boolean calling;

    protected AnswerStream(String upstream, int maxEventBytes) {
        this.upstream = upstream;
        this.splitter = new SseSplitter(maxEventBytes);
    }

    /// Takes the next bytes from the upstream. After what is no event of an answer, [#failure] tells so.
    ///
    /// @param bytes that nobody changes any more
    /// @return the bytes for the client, empty if these complete no event that it may see
    public final byte[] read(byte[] bytes) {
        var out = new ClientBytes(bytes);
        if (failure.isEmpty() && !done) {
            try {
                splitter.split(bytes, event -> take(event, out));
            } catch (SseSplitter.EventTooLongException e) {
                failure = Optional.of(new Failure.UpstreamInvalidAnswer(upstream, String.valueOf(e.getMessage())));
            } catch (FailureException e) {
                failure = Optional.of(e.failure());
            }
        }
        return out.toByteArray();
    }

    /// Why the stream can go no further, if it cannot. The events before that are good, and have been read.
    public final Optional<Failure> failure() {
        return failure;
    }

    /// The upstream closed the stream.
    ///
    /// @return the last bytes for the client: the dialect's ending if the answer was whole but the upstream
    ///     left it out
    /// @throws pointsman.failure.FailureException a [Failure.StreamBroken] if the answer was not whole
    public final byte[] end() {
        var rest = splitter.rest();
        var out = new ClientBytes(rest);
        if (rest.length > 0 && !done) {
            take(SseEvent.ended(terminated(rest)), out);
        }
        if (!done) {
            close(out);
            done = true;
        }
        return out.toByteArray();
    }

    /// Whether the answer is whole. What comes after it does not matter any more.
    public final boolean isDone() {
        return done;
    }

    /// How many of the events so far said something: words, thoughts, calls, or why the answer ends. A role,
    /// a beginning, a comment and a ping say nothing.
    public final int said() {
        return said;
    }

    /// Whether what was said last is of a call of a tool: between its pieces some upstreams keep silent for
    /// long.
    public final boolean isCalling() {
        return calling;
    }

    /// This event says something.
    ///
    /// @param ofCall whether that is a call of a tool
    protected final void says(boolean ofCall) {
        said++;
        calling = ofCall;
    }

    /// What the client has been told so far, for whoever goes on with it; empty if nobody can. The stream is
    /// not read any more then.
    public abstract Optional<Told> told();

    /// The tokens that the upstream stated so far, if it did.
    public abstract Optional<TokenUsage> usage();

    /// Characters of text that passed so far, for an estimate where the upstream states nothing.
    public abstract int characters();

    /// Takes one event and passes or writes what the client may see of it.
    ///
    /// @param event one with data
    /// @return whether the answer is whole with it
    protected abstract boolean pass(SseEvent event, ClientBytes out);

    /// Writes the ending that the upstream left out, or throws what [#broken] gives if the answer is not
    /// whole.
    protected abstract void close(ClientBytes out);

    /// Takes an event without data, such as a comment that keeps the connection open.
    protected abstract void passComment(SseEvent event, ClientBytes out);

    protected final FailureException broken(String what) {
        return new Failure.StreamBroken(upstream, what).asException();
    }

    protected final FailureException invalid(String what) {
        return new Failure.UpstreamInvalidAnswer(upstream, what).asException();
    }

    private void take(SseEvent event, ClientBytes out) {
        if (done) {
            return;
        }
        if (event.hasData()) {
            done = pass(event, out);
        } else {
            passComment(event, out);
        }
    }

    private static byte[] terminated(byte[] rest) {
        if (rest[rest.length - 1] == '\r') {
            return rest;
        }
        return (new String(rest, StandardCharsets.ISO_8859_1) + "\n\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
