package pointsman.score;

import java.util.regex.Pattern;

/// How much worse answers may become on average when small answers some of them: relative to the mean quality of the
/// large model's answers, 0.01 for one percent.
public record QualityDrop(double share) implements Comparable<QualityDrop> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,2}(?:\\.\\d{1,3})?)\\s*%");
    private static final double LARGEST = 0.5;

    /// Reads a drop.
    ///
    /// @param text in percent, such as `1%` or `0.5 %`
    /// @throws IllegalArgumentException if it is nothing of the kind, or not above 0 % and at most 50 %
    public static QualityDrop parse(String text) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a percentage such as 1%%, was '%s'".formatted(text));
        }
        return new QualityDrop(Double.parseDouble(matcher.group(1)) / 100);
    }

    public QualityDrop {
        if (!(share > 0 && share <= LARGEST)) {
            throw new IllegalArgumentException("must be above 0%% and at most 50%%, was %s%%".formatted(share * 100));
        }
    }

    @Override
    public int compareTo(QualityDrop other) {
        return Double.compare(share, other.share);
    }

    /// In percent, without noughts that say nothing.
    @Override
    public String toString() {
        return percent(share);
    }

    static String percent(double share) {
        var text = "%.3f".formatted(100 * share);
        return text.replaceFirst("\\.?0+$", "") + "%";
    }
}
