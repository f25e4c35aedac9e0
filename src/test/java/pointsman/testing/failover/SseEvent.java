package pointsman.testing.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One server-sent event.
///
/// @param name empty: it has none
/// @param data never empty
record SseEvent(String name, String data) {
    private static final String EVENT = "event:";
    private static final String DATA = "data:";

    /// The events of a stream; `complaints` are told of whatever the format, or an API's use of it, does
    /// not allow.
    static List<SseEvent> read(String stream, Consumer<String> complaints) {
        var events = new ArrayList<SseEvent>();
        var blocks = stream.replace("\r\n", "\n").split("\n\n", -1);
        for (int index = 0; index < blocks.length - 1; index++) {
            read(blocks[index], events, complaints);
        }
        if (!blocks[blocks.length - 1].isEmpty()) {
            complaints.accept("an event without its end");
        }
        return events;
    }

    private static void read(String block, List<SseEvent> events, Consumer<String> complaints) {
        var name = "";
        var data = new ArrayList<String>();
        for (var line : block.split("\n", -1)) {
            if (line.startsWith(DATA)) {
                data.add(line.substring(DATA.length()).strip());
            } else if (line.startsWith(EVENT)) {
                name = line.substring(EVENT.length()).strip();
            } else if (!line.startsWith(":")) {
                complaints.accept("a line that is no field: " + Reading.shortened(line));
            }
        }
        if (data.size() == 1) {
            events.add(new SseEvent(name, data.getFirst()));
        } else if (data.size() > 1 || !name.isEmpty()) {
            complaints.accept("an event with " + data.size() + " lines of data");
        }
    }
}
