package pointsman.tablejob;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Whether two answers say the same.
///
/// Choices and JSON: exactly, but for case, the space around texts and the order of properties; numbers by value.
/// Free text: if four fifths of the words are common (F1 of words as SQuAD counts it, Rajpurkar et al. 2016),
/// whatever their order, case and punctuation. Two wordings of one thought count as different; that is why a trial
/// also asks how often a model differs from itself.
final class Agreement {
    private static final double COMMON_WORDS = 0.8;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Agreement() {}

    static boolean isSame(Output output, JsonNode left, JsonNode right) {
        return switch (output) {
            case Output.Text _ -> commonWords(left.asString(""), right.asString("")) >= COMMON_WORDS;
            case Output.Choice _, Output.Schema _ -> normal(left).equals(normal(right));
        };
    }

    /// F1 of the words of two texts, from 0 to 1.
    private static double commonWords(String left, String right) {
        var counts = new HashMap<String, Integer>();
        var words = words(left);
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        var others = words(right);
        long common = others.stream()
                .filter(word -> counts.merge(word, -1, Integer::sum) >= 0)
                .count();
        return words.isEmpty() && others.isEmpty() ? 1 : 2.0 * common / (words.size() + others.size());
    }

    private static List<String> words(String text) {
        return Arrays.stream(NO_WORD.split(text.toLowerCase(Locale.ROOT), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// Values that are equal where the nodes say the same.
    private static Object normal(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> normal(entry.getValue()), (one, _) -> one, TreeMap::new));
        }
        if (node.isArray()) {
            return node.valueStream().map(Agreement::normal).toList();
        }
        return node.isNumber()
                ? node.decimalValue().stripTrailingZeros()
                : node.asString("null").strip().toLowerCase(Locale.ROOT);
    }
}
