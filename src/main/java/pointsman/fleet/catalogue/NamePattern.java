package pointsman.fleet.catalogue;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Patterns of models' names, in which `*` stands for anything.
final class NamePattern {
    private static final Pattern STAR = Pattern.compile("\\*");

    private NamePattern() {}

    static boolean matches(String pattern, String name) {
        if (!pattern.contains("*")) {
            return pattern.equals(name);
        }
        var parts = STAR.split(pattern, -1);
        var regex = Stream.of(parts).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.matches(regex, name);
    }

    /// The higher, the better a match says what the name is: a name before every pattern, a long pattern before a
    /// short one.
    static int weight(String pattern) {
        return pattern.contains("*") ? pattern.length() : Integer.MAX_VALUE;
    }
}
