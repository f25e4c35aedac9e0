package pointsman.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Server-sent events, read in the slow and obvious way.
public final class Events {
    private Events() {}

    /// The data of each event of a whole stream.
    public static List<String> data(String stream) {
        return Arrays.stream(stream.replace("\r\n", "\n").split("\n\n", -1))
                .map(Events::dataOfBlock)
                .filter(data -> !data.isEmpty())
                .toList();
    }

    private static String dataOfBlock(String block) {
        return block.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .collect(Collectors.joining("\n"));
    }
}
