package pointsman.fleet;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.answer.AnswerStream;
import pointsman.failure.Failure;

/// Holds the events of a stream back until its first word: a role, a beginning, comments and pings are no
/// answer yet, and as long as nothing went out somebody else may still give it. No word is delayed, unless so
/// many words are to be held.
final class HeldEvents {
    /// An English word, with the blank behind it.
    private static final int CHARACTERS_PER_WORD = 6;

    private final String name;
    private final AnswerStream stream;
    private final int words;
    private final int maxBytes;
    private @Nullable ByteArrayOutputStream held = new ByteArrayOutputStream();
    private int told;

    /// @param name of the deployment
    /// @param words that are held, at least 1
    /// @param maxBytes that are held at most
    HeldEvents(String name, AnswerStream stream, int words, int maxBytes) {
        this.name = name;
        this.stream = stream;
        this.words = words;
        this.maxBytes = maxBytes;
    }

    /// Takes what was read of the stream.
    ///
    /// @return what may go out now, or nothing
    /// @throws pointsman.failure.FailureException if it ends without having said anything
    byte[] take(byte[] events) {
        var holder = held;
        if (holder == null) {
            return events;
        }
        holder.writeBytes(events);
        if (stream.isDone() && stream.said() == 0) {
            throw new Failure.UpstreamInvalidAnswer(name, "it ended without a word").asException();
        }
        if (isSafe()) {
            held = null;
            return holder.toByteArray();
        }
        if (holder.size() > maxBytes) {
            throw new Failure.UpstreamInvalidAnswer(name, "it is longer than the limit of %d bytes".formatted(maxBytes))
                    .asException();
        }
        return new byte[0];
    }

    private boolean isSafe() {
        return stream.isDone()
                || (stream.said() > 0 && (words <= 1 || stream.characters() / CHARACTERS_PER_WORD >= words));
    }

    /// Whether something was said since that was asked last, although nothing of it goes out: it was told
    /// before.
    boolean isLife() {
        return held == null && stream.said() > told;
    }

    /// Whether something was said since this was asked last.
    boolean speaks() {
        var says = stream.said() > told;
        told = stream.said();
        return says;
    }
}
