package pointsman.plan;

import java.util.Arrays;
import java.util.List;

/// A functional dependency that a person declares: rows with equal cells in one column have equal cells in others.
///
/// @param from the name of the column that determines
/// @param to the names of the columns that it determines
public record Dependency(String from, List<String> to) {
    public Dependency {
        to = List.copyOf(to);
        if (from.isBlank() || to.isEmpty() || to.stream().anyMatch(String::isBlank) || to.contains(from)) {
            throw new IllegalArgumentException(
                    "a dependency is one column and others that it determines, not %s->%s".formatted(from, to));
        }
    }

    /// Reads `a->b,c`.
    ///
    /// @throws IllegalArgumentException if the text is not of that form
    public static Dependency parse(String text) {
        String[] sides = text.split("->", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("a dependency is written a->b,c, not \"%s\"".formatted(text));
        }
        return new Dependency(
                sides[0].strip(),
                Arrays.stream(sides[1].split(",", -1)).map(String::strip).toList());
    }
}
