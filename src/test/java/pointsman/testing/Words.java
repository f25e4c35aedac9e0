package pointsman.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// The one answer of every [FaultyUpstream], and what is left to say of it.
public final class Words {
    /// How many there are.
    public static final int COUNT = 60;

    /// The whole answer.
    public static final String TEXT =
            IntStream.rangeClosed(1, COUNT).mapToObj(n -> "word" + n).collect(Collectors.joining(" "));

    private static final int REPEATED = 3;
    private static final Pattern WORD = Pattern.compile("\\bword(\\d+)\\b");

    private Words() {}

    /// What a model says to this request, in the pieces of its events: all, or the rest of what stands in
    /// it.
    static List<String> leftFor(JsonNode request) {
        var prefill = prefill(request);
        if (!prefill.isEmpty()) {
            return after(prefill);
        }
        int said = lastWord(request.toString());
        return said == 0 ? pieces(TEXT) : pieces(from(Math.max(1, said + 1 - REPEATED)));
    }

    /// The text of the last message if it is the assistant's, else nothing.
    static String prefill(JsonNode request) {
        var last = StreamSupport.stream(request.path("messages").spliterator(), false)
                .reduce((_, later) -> later)
                .filter(message -> message.path("role").asString("").equals("assistant"));
        return last.map(message -> text(message.path("content"))).orElse("");
    }

    private static String text(JsonNode content) {
        return content.isArray()
                ? StreamSupport.stream(content.spliterator(), false)
                        .map(part -> part.path("text").asString(""))
                        .collect(Collectors.joining())
                : content.asString("");
    }

    private static List<String> after(String prefill) {
        if (TEXT.startsWith(prefill)) {
            return pieces(TEXT.substring(prefill.length()));
        }
        var rest = from(lastWord(prefill) + 1);
        return pieces(rest.isEmpty() || prefill.endsWith(" ") ? rest : " " + rest);
    }

    private static int lastWord(String text) {
        return WORD.matcher(text)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(0);
    }

    private static String from(int word) {
        return IntStream.rangeClosed(word, COUNT).mapToObj(n -> "word" + n).collect(Collectors.joining(" "));
    }

    /// Each word with the blank before it.
    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        for (int begin = 0; begin < text.length(); ) {
            int next = text.indexOf(' ', begin + 1);
            int end = next < 0 ? text.length() : next;
            pieces.add(text.substring(begin, end));
            begin = end;
        }
        return pieces;
    }
}
