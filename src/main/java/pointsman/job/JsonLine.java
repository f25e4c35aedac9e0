package pointsman.job;

/// JSON that becomes part of a line.
public final class JsonLine {
    private JsonLine() {}

    /// JSON as it is, on one line: the breaks that it has are space between values, for in a text they
    /// are escaped.
    public static String of(String json) {
        return json.replace('\n', ' ').replace('\r', ' ');
    }
}
