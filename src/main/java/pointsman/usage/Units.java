package pointsman.usage;

import java.util.Locale;

/// What an answer is charged by where that is not tokens, or not they alone.
///
/// @param unit that is counted
/// @param amount of it, 0 if the answer did not say; seconds may have fractions
public record Units(Unit unit, double amount) {
    private static final double ABSURD = 1e9;

    /// Nothing is counted but tokens.
    public static final Units NONE = new Units(Unit.TOKENS, 0);

    /// What is counted.
    public enum Unit {
        TOKENS,
        IMAGES,
        SECONDS,
        CHARACTERS,
        SEARCHES;

        /// The word for meters and logs.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Negative and giant numbers of an upstream are not booked.
    public static Units of(Unit unit, double amount) {
        return new Units(unit, amount >= 0 && amount < ABSURD ? amount : 0);
    }

    /// Whether something is charged by something else than tokens.
    boolean areOfTheirOwn() {
        return unit != Unit.TOKENS;
    }

    /// As the log has it: nothing, or ` images=2`.
    String words() {
        if (!areOfTheirOwn()) {
            return "";
        }
        var isWhole = amount == Math.rint(amount);
        return " %s=%s".formatted(unit.label(), isWhole ? Long.toString((long) amount) : Double.toString(amount));
    }
}
