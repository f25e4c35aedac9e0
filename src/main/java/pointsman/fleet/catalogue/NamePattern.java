package pointsman.fleet.catalogue;

/// Patterns of names, in which `*` stands for anything.
public final class NamePattern {
    private static final char STAR = '*';

    private NamePattern() {}

    /// Whether a name is of a pattern.
    public static boolean matches(String pattern, String name) {
        var star = pattern.indexOf(STAR);
        if (star < 0) {
            return pattern.equals(name);
        }
        var head = pattern.substring(0, star);
        if (!name.startsWith(head)) {
            return false;
        }
        var rest = pattern.substring(star + 1);
        for (var from = star; from <= name.length(); from++) {
            if (matches(rest, name.substring(from))) {
                return true;
            }
        }
        return false;
    }

    /// The higher, the better a match says what the name is: a name before every pattern, a long pattern
    /// before a short one.
    static int weight(String pattern) {
        return pattern.indexOf(STAR) >= 0 ? pattern.length() : Integer.MAX_VALUE;
    }
}
