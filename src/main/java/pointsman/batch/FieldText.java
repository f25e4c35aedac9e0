package pointsman.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pointsman.dialect.wire.JsonPieces;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A text with fields in it: the members of a JSON object, or neighbouring lines `key: value`.
///
/// A field moves as a whole, name and value, as it is written; what stands before, between and behind the fields
/// stays where it is. Only the members of the object itself move, never what is within them.
///
/// @param head before the first field
/// @param fields in the order in which they are written; their names differ
/// @param joints between each field and the next
/// @param tail behind the last field
record FieldText(String head, List<Field> fields, List<String> joints, String tail) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern LINE = Pattern.compile("([\\p{L}\\p{N}_][\\p{L}\\p{N}_ ./-]{0,39}):[ \\t]+\\S.*");
    private static final int FEWEST = 2;
    private static final int MOST = 200;
    /// Braces that are tried for the beginning of an object.
    private static final int MOST_TRIED = 16;

    FieldText {
        fields = List.copyOf(fields);
        joints = List.copyOf(joints);
    }

    /// @param text name and value as they are written
    record Field(String name, String text) {}

    /// What texts have in common whose fields may be brought into one order.
    record Template(String head, List<String> joints, String tail, Set<String> names) {}

    /// The fields of a text: those of the one JSON object in it that has two or more and stands in no other brackets,
    /// else those of its longest run of lines. An object that is the value of such a line is left alone.
    static Optional<FieldText> of(String text) {
        var lines = ofLines(text).filter(FieldText::isUsable);
        return ofJson(text)
                .filter(FieldText::isUsable)
                .filter(object -> lines.filter(run -> run.covers(object.head().length(), text))
                        .isEmpty())
                .or(() -> lines);
    }

    private boolean covers(int place, String text) {
        return place >= head.length() && place < text.length() - tail.length();
    }

    private boolean isUsable() {
        return fields.size() >= FEWEST && fields.size() <= MOST && names().size() == fields.size();
    }

    Template template() {
        return new Template(head, joints, tail, names());
    }

    private Set<String> names() {
        return fields.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
    }

    /// The text with its fields in another order.
    ///
    /// @param order all their names
    String inOrder(List<String> order) {
        var texts = texts(order);
        var text = new StringBuilder(head).append(texts.getFirst());
        for (int place = 1; place < texts.size(); place++) {
            text.append(joints.get(place - 1)).append(texts.get(place));
        }
        return text.append(tail).toString();
    }

    /// The fields as they are written, in another order.
    ///
    /// @param order all their names
    List<String> texts(List<String> order) {
        var byName = fields.stream().collect(Collectors.toMap(Field::name, Field::text));
        if (order.size() != fields.size() || !byName.keySet().equals(Set.copyOf(order))) {
            throw new IllegalArgumentException("%s is no order of %s".formatted(order, byName.keySet()));
        }
        return order.stream().map(name -> byName.getOrDefault(name, "")).toList();
    }

    private static Optional<FieldText> ofJson(String text) {
        var found = new ArrayList<FieldText>();
        int begin = text.indexOf('{');
        for (int tried = 0; begin >= 0 && tried < MOST_TRIED; tried++) {
            int end = JsonPieces.end(text, begin);
            var isObject = isObject(text.substring(begin, end));
            if (isObject) {
                members(text, begin).ifPresent(found::add);
            }
            begin = text.indexOf('{', isObject ? end : begin + 1);
        }
        return found.size() == 1 && begin < 0 && isBalanced(found.getFirst().head())
                ? Optional.of(found.getFirst())
                : Optional.empty();
    }

    /// Whether no bracket is open where the object's own stands.
    private static boolean isBalanced(String head) {
        long open = head.chars().filter(c -> c == '{' || c == '[').count();
        long closed = head.chars().filter(c -> c == '}' || c == ']').count();
        return open - closed == 1;
    }

    private static boolean isObject(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JacksonException _) {
            return false;
        }
    }

    private static Optional<FieldText> members(String text, int begin) {
        var pieces = JsonPieces.of(text, begin);
        if (pieces.size() < FEWEST) {
            return Optional.empty();
        }
        var fields = new ArrayList<Field>();
        var joints = new ArrayList<String>();
        int before = -1;
        for (var piece : pieces) {
            if (before >= 0) {
                joints.add(text.substring(before, piece.from()));
            }
            fields.add(new Field(piece.name(), text.substring(piece.from(), piece.to())));
            before = piece.to();
        }
        return Optional.of(
                new FieldText(text.substring(0, pieces.getFirst().from()), fields, joints, text.substring(before)));
    }

    private static Optional<FieldText> ofLines(String text) {
        var lines = text.split("\n", -1);
        int from = 0;
        int to = 0;
        for (int begin = 0; begin < lines.length; begin++) {
            int end = begin;
            while (end < lines.length && LINE.matcher(lines[end]).matches()) {
                end++;
            }
            if (end - begin > to - from) {
                from = begin;
                to = end;
            }
            begin = Math.max(begin, end - 1);
        }
        return to - from < FEWEST ? Optional.empty() : Optional.of(lines(List.of(lines), from, to));
    }

    private static FieldText lines(List<String> lines, int from, int to) {
        var fields = lines.subList(from, to).stream()
                .map(line -> new Field(line.substring(0, line.indexOf(':')), line))
                .toList();
        var head = lines.subList(0, from).stream().map(line -> line + "\n").collect(Collectors.joining());
        var tail = lines.subList(to, lines.size()).stream()
                .map(line -> "\n" + line)
                .collect(Collectors.joining());
        return new FieldText(head, fields, Collections.nCopies(to - from - 1, "\n"), tail);
    }
}
