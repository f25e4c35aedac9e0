package pointsman.surface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import pointsman.dialect.wire.Span;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// Where the parts of a multipart form (RFC 7578) stand in its bytes.
///
/// It is read strictly: a form that a provider could read otherwise than the gateway might name
/// another model there than the one that its tenant may call. So the boundary stands nowhere but
/// between parts, lines end in CR LF, a part has one name, and that is written plainly.
final class FormParts {
    private static final int MOST_PARTS = 128;
    private static final int LONGEST_HEAD = 8 << 10;
    private static final byte[] LINE_END = {'\r', '\n'}, HEAD_END = {'\r', '\n', '\r', '\n'}, CLOSE = {'-', '-'};
    private static final String DISPOSITION = "content-disposition:";
    private static final Pattern ANY_NAME = Pattern.compile("(?i)[;\\s]name\\s*\\*?[0-9]*\\*?\\s*=");
    private static final Pattern NAME = Pattern.compile("(?i);\\s*name=(?:\"([^\"\\\\]*)\"|([^\\s\";\\\\]+))");

    private final byte[] bytes;
    private final byte[] delimiter;
    private final List<Part> parts = new ArrayList<>();

    private FormParts(byte[] bytes, String boundary) {
        this.bytes = bytes;
        this.delimiter = ("--" + boundary).getBytes(US_ASCII);
    }

    /// A part of the form.
    ///
    /// @param name of its field
    /// @param whole its head and value
    /// @param value alone
    record Part(String name, Span whole, Span value) {}

    /// The parts, in order.
    ///
    /// @throws FailureException a [Failure.BadRequest] if it is no form, or one that could be read
    ///     in two ways
    static List<Part> of(byte[] bytes, String boundary) {
        var form = new FormParts(bytes, boundary);
        form.read();
        return form.parts;
    }

    private void read() {
        if (!startsWith(0, delimiter)) {
            throw invalid("it does not begin with its boundary");
        }
        int behind = delimiter.length;
        while (!startsWith(behind, CLOSE)) {
            if (!startsWith(behind, LINE_END)) {
                throw invalid("its boundary stands where no part begins");
            }
            if (parts.size() == MOST_PARTS) {
                throw invalid("it has more than %d parts".formatted(MOST_PARTS));
            }
            int next = indexOf(delimiter, behind + LINE_END.length, bytes.length);
            if (next < 0) {
                throw invalid("it is cut");
            }
            parts.add(part(behind + LINE_END.length, next - LINE_END.length));
            behind = next + delimiter.length;
        }
        if (indexOf(delimiter, behind, bytes.length) >= 0) {
            throw invalid("it goes on behind its end");
        }
    }

    private Part part(int from, int to) {
        int headEnd = indexOf(HEAD_END, from, Math.min(bytes.length, from + LONGEST_HEAD));
        if (headEnd < 0 || headEnd + HEAD_END.length > to || !startsWith(to, LINE_END)) {
            throw invalid("a part has no head, or one that is too long");
        }
        var name = name(new String(bytes, from, headEnd - from, ISO_8859_1));
        return new Part(name, new Span(from, to), new Span(headEnd + HEAD_END.length, to));
    }

    private static String name(String head) {
        var lines = List.of(head.split("\r\n", -1));
        var dispositions = lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(DISPOSITION))
                .toList();
        var isPlain = lines.stream().allMatch(FormParts::isPlain);
        return Optional.of(dispositions)
                .filter(found -> isPlain && found.size() == 1)
                .map(List::getFirst)
                .filter(line -> ANY_NAME.matcher(line).results().count() == 1)
                .flatMap(line -> NAME.matcher(line).results().findFirst())
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .orElseThrow(() -> invalid("a part does not say its name, once and plainly"));
    }

    /// No line that goes on with the next, and no bare end of one.
    private static boolean isPlain(String line) {
        return line.chars().noneMatch(character -> character == '\r' || character == '\n' || character == 0)
                && !line.startsWith(" ")
                && !line.startsWith("\t");
    }

    private boolean startsWith(int at, byte[] what) {
        return at >= 0
                && at + what.length <= bytes.length
                && Arrays.equals(bytes, at, at + what.length, what, 0, what.length);
    }

    private int indexOf(byte[] what, int from, int to) {
        for (int at = from; at <= to - what.length; at++) {
            if (bytes[at] == what[0] && startsWith(at, what)) {
                return at;
            }
        }
        return -1;
    }

    static FailureException invalid(String how) {
        return new Failure.BadRequest(
                        "invalid_form", "The multipart form cannot be read: %s.".formatted(how), Optional.empty())
                .asException();
    }
}
