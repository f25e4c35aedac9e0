package pointsman.dialect.wire;

import java.nio.charset.StandardCharsets;

/// The `data` of a server-sent event (WHATWG HTML 9.2.6): its data lines without their name, joined by line feeds.
public final class SseData {
    private SseData() {}

    /// The data of the event with these bytes, empty for a comment or an event without any.
    public static String of(byte[] event) {
        var data = new StringBuilder();
        new String(event, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("data"))
                .forEach(line -> {
                    if (line.startsWith("data:")) {
                        var from = line.startsWith("data: ") ? 6 : 5;
                        data.append(data.isEmpty() ? "" : "\n").append(line, from, line.length());
                    }
                });
        return data.toString();
    }
}
