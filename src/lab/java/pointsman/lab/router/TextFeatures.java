package pointsman.lab.router;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// What can be said of a text without reading it: lengths, and shares of kinds of characters.
final class TextFeatures {
    private static final Pattern OPTION = Pattern.compile("(?m)^[A-J][.)] ");
    private static final Pattern ASKS_WHY = Pattern.compile("(?i)\\b(why|prove|explain|derive|show that)\\b");
    private static final Pattern NEGATES = Pattern.compile("(?i)\\b(not|except|never|least|false)\\b");

    private TextFeatures() {}

    static double[] of(String text) {
        var length = (double) text.length();
        return new double[] {
            Math.log1p(length),
            Math.log1p((double) text.lines().count()),
            Math.log1p(count(OPTION, text)),
            share(text, Character::isDigit),
            share(text, Character::isUpperCase),
            share(text, Character::isWhitespace),
            share(text, point -> point >= 128),
            share(text, point -> "{}();<>_#\"`".indexOf(point) >= 0),
            share(text, point -> "\\$^+*/=|%".indexOf(point) >= 0),
            share(text, point -> ",:;-".indexOf(point) >= 0),
            share(text, point -> point == '?'),
            Math.min(1, count(ASKS_WHY, text)),
            Math.min(1, count(NEGATES, text))
        };
    }

    private static double share(String text, IntPredicate kind) {
        return (double) text.codePoints().filter(kind).count() / text.length();
    }

    private static double count(Pattern pattern, String text) {
        return (double) pattern.matcher(text).results().count();
    }
}
