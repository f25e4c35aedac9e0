package pointsman.dialect.habit;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.net.URI;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A line of the table: a habit that some models of some providers have.
///
/// @param providers by the names that the configuration has for them
/// @param formats the dialects in which it is one
/// @param models ids, of which `*` stands for any part; those after a `!` are not meant
/// @param source where it was read
/// @param month of the report, or in which a page without a date was read
record HabitLine(
        Set<String> providers,
        Set<RequestFormat> formats,
        List<String> models,
        Habit habit,
        List<String> values,
        URI source,
        YearMonth month) {

    static HabitLine of(NamedCsvRecord row) {
        try {
            return new HabitLine(
                    Set.copyOf(words(row.getField("provider"))),
                    words(row.getField("dialect")).stream()
                            .map(word -> RequestFormat.valueOf(word.toUpperCase(Locale.ROOT)))
                            .collect(Collectors.toSet()),
                    words(row.getField("models")),
                    Habit.named(row.getField("habit")),
                    words(row.getField("value")),
                    URI.create(row.getField("source")),
                    YearMonth.parse(row.getField("month")));
        } catch (IllegalArgumentException | DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "line %d of the habits: %s".formatted(row.getStartingLineNumber(), wrong.getMessage()), wrong);
        }
    }

    HabitLine {
        if (providers.isEmpty() || formats.isEmpty() || models.isEmpty() || values.isEmpty()) {
            throw new IllegalArgumentException("provider, dialect, models and value must say something");
        }
    }

    boolean isAbout(String provider, RequestFormat format, String model) {
        return providers.contains(provider)
                && formats.contains(format)
                && models.stream().anyMatch(pattern -> matches(pattern, model))
                && models.stream()
                        .noneMatch(pattern -> pattern.startsWith("!") && matches(pattern.substring(1), model));
    }

    private static boolean matches(String pattern, String model) {
        var regex = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.matches(regex, model);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
