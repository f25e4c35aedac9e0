package pointsman.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.IntStream;
import pointsman.table.Column;
import pointsman.table.Dictionary;
import pointsman.table.JsonText;
import pointsman.tokens.TokenCounter;

/// Counts the tokens of keys and of distinct values.
///
/// A key is counted as ` "key": "` and a value as `value",`, the way that they stand in a prompt, so that the
/// count of the parts is (nearly) the count of the whole. Counting is the slowest step of planning, and the
/// weight of a value that occurs only once decides nothing but the size of the whole: where a column has more
/// than [#COUNTED] of those, a sample is counted and the others get the sample's tokens per byte. Of a cell
/// beyond [#COUNTED_CHARS] characters the beginning is counted and extrapolated.
final class Weigher {
    static final int COUNTED = 20_000;
    static final int COUNTED_CHARS = 1 << 16;
    private static final int SAMPLE = 1_000;

    private final TokenCounter counter;

    Weigher(TokenCounter counter) {
        this.counter = counter;
    }

    int key(String name) {
        return counter.count(" " + quoted(name) + ": \"");
    }

    /// The tokens of every value of a column, by code.
    int[] values(Column column) {
        var occurrences = occurrences(column);
        var values = column.values();
        long single = IntStream.of(occurrences).filter(count -> count == 1).count();
        double perByte = single > COUNTED ? tokensPerByte(values, occurrences) : 0;
        return IntStream.range(0, values.size())
                .parallel()
                .map(code -> perByte > 0 && occurrences[code] == 1
                        ? Math.max(1, (int) Math.round(perByte * values.length(code)))
                        : value(values.text(code)))
                .toArray();
    }

    private int value(String json) {
        var text = (json.startsWith("\"") ? json.substring(1) : json) + ",";
        if (text.length() <= COUNTED_CHARS) {
            return counter.count(text);
        }
        long counted = counter.count(text.substring(0, COUNTED_CHARS));
        return (int) Math.min(Integer.MAX_VALUE / 4, counted * text.length() / COUNTED_CHARS);
    }

    private double tokensPerByte(Dictionary values, int[] occurrences) {
        var singles = IntStream.range(0, values.size())
                .filter(code -> occurrences[code] == 1)
                .toArray();
        long tokens = 0;
        long bytes = 0;
        for (int i = 0; i < SAMPLE; i++) {
            int code = singles[(int) ((long) i * singles.length / SAMPLE)];
            tokens += value(values.text(code));
            bytes += values.length(code);
        }
        return (double) tokens / bytes;
    }

    private static int[] occurrences(Column column) {
        var occurrences = new int[column.values().size()];
        for (int code : column.codes()) {
            occurrences[code]++;
        }
        return occurrences;
    }

    private static String quoted(String name) {
        var text = new JsonText().string(name);
        return new String(text.bytes(), 0, text.length(), UTF_8);
    }
}
