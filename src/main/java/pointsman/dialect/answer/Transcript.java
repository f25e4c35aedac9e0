package pointsman.dialect.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What of a stream has passed, kept small, so that somebody can go on with it where it breaks off. Of the
/// events that bring nothing but a piece of text, which are nearly all, the text alone is kept; of all others
/// their data, up to a limit beyond which nobody goes on.
public final class Transcript {
    /// The fields whose pieces are kept as one run.
    public static final Set<String> RUNS = Set.of("content", "text", "reasoning_content", "reasoning", "thinking");

    private static final int MOST_EVENTS_BYTES = 256 * 1024;
    private static final int MOST_TEXT_BYTES = 4 * 1024 * 1024;

    private final List<Entry> entries = new ArrayList<>();
    private int eventBytes;
    private int textBytes;

    /// @param field of the text that a run is made of; empty for the data of one event
    private record Entry(String field, ByteArrayOutputStream bytes) {
        String text() {
            return bytes.toString(UTF_8);
        }
    }

    /// Takes an event that brings a piece of text and nothing else.
    ///
    /// @param field of that text, one of [#RUNS]
    /// @param bytes where it stands
    /// @param from where it begins, as it is escaped in JSON
    /// @param to where it ends
    public void text(String field, byte[] bytes, int from, int to) {
        if (entries.isEmpty() || !entries.getLast().field().equals(field)) {
            entries.add(new Entry(field, new ByteArrayOutputStream()));
        }
        textBytes += to - from;
        if (textBytes <= MOST_TEXT_BYTES) {
            entries.getLast().bytes().write(bytes, from, to - from);
        }
    }

    /// Takes any other event.
    ///
    /// @param data of it
    public void event(String data) {
        var bytes = data.getBytes(UTF_8);
        eventBytes += bytes.length;
        if (eventBytes <= MOST_EVENTS_BYTES) {
            var kept = new ByteArrayOutputStream(bytes.length);
            kept.writeBytes(bytes);
            entries.add(new Entry("", kept));
        }
    }

    /// The data of events that say the same.
    ///
    /// @param event what an event with a text of a field looks like: two places, the field's and the text's
    /// @return empty if it was too much to be kept
    public Optional<List<String>> events(String event) {
        return eventBytes > MOST_EVENTS_BYTES || textBytes > MOST_TEXT_BYTES
                ? Optional.empty()
                : Optional.of(entries.stream()
                        .map(entry ->
                                entry.field().isEmpty() ? entry.text() : event.formatted(entry.field(), entry.text()))
                        .toList());
    }
}
