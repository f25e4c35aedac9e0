package pointsman.dialect.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Where the parts of a JSON object or list stand in its text, so that they can be moved or replaced and all else
/// keeps its bytes. The text must be valid JSON: it is looked through, not checked.
public final class JsonPieces {
    private static final JsonMapper PLAIN = JsonMapper.shared();

    private final String text;
    private int at;

    private JsonPieces(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /// A member of an object, or an element of a list.
    ///
    /// @param name of a member; empty for an element
    /// @param from where it begins: a member with its name
    /// @param valueFrom where its value begins
    /// @param to where both end
    public record Piece(String name, int from, int valueFrom, int to) {
        public String value(String text) {
            return text.substring(valueFrom, to);
        }
    }

    /// The parts of the object or list that begins at a place of the text, in order.
    public static List<Piece> of(String text, int begin) {
        return new JsonPieces(text, begin).read();
    }

    /// The member of that name, the last if there are several, of the object that begins at a place of the text.
    public static Optional<Piece> member(String text, int begin, String name) {
        return of(text, begin).stream()
                .filter(piece -> piece.name().equals(name))
                .reduce((_, last) -> last);
    }

    /// An object with a member of our own first. One of the same name goes.
    ///
    /// @param value as JSON
    public static String withFirst(String text, String name, String value) {
        var object = without(text, name);
        var rest = object.substring(object.indexOf('{') + 1);
        var comma = rest.stripLeading().startsWith("}") ? "" : ",";
        return "{\"" + name + "\":" + value + comma + rest;
    }

    /// Numbers are written as Java writes them.
    private static String without(String text, String name) {
        if (!text.contains('"' + name + '"')) {
            return text;
        }
        var object = (ObjectNode) PLAIN.readTree(text);
        object.remove(name);
        return PLAIN.writeValueAsString(object);
    }

    /// The place behind the value that begins here; the text's end if it does not end before.
    public static int end(String text, int begin) {
        var reading = new JsonPieces(text, begin);
        reading.skipValue();
        return reading.at;
    }

    private List<Piece> read() {
        skipSpace();
        var isObject = text.charAt(at) == '{';
        var pieces = new ArrayList<Piece>();
        at++;
        for (skipSpace(); "]}".indexOf(text.charAt(at)) < 0; skipSpace()) {
            if (text.charAt(at) == ',') {
                at++;
                skipSpace();
            }
            pieces.add(piece(isObject));
        }
        return pieces;
    }

    private Piece piece(boolean isMember) {
        int from = at;
        var name = "";
        if (isMember) {
            skipValue();
            name = Json.MAPPER.readValue(text.substring(from, at), String.class);
            at = text.indexOf(':', at) + 1;
            skipSpace();
        }
        int valueFrom = at;
        skipValue();
        return new Piece(name, from, valueFrom, at);
    }

    private void skipValue() {
        int depth = 0;
        do {
            switch (text.charAt(at)) {
                case '"' -> skipString();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':', ' ', '\t', '\n', '\r' -> at++;
                default -> skipWord();
            }
        } while (depth > 0 && at < text.length());
    }

    private void skipString() {
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            at += text.charAt(at) == '\\' ? 1 : 0;
        }
        at = Math.min(at + 1, text.length());
    }

    private void skipWord() {
        while (at < text.length() && "\"{}[],: \t\n\r".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    private void skipSpace() {
        while (" \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
