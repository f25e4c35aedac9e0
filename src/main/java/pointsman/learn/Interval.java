package pointsman.learn;

import java.util.Locale;

/// A measure with its interval.
///
/// @param value of the sample itself
/// @param low lower end
/// @param high upper end
public record Interval(double value, double low, double high) {
    /// 95 % for a share of independent yes-or-no outcomes (Wilson 1927).
    public static Interval wilson(int yes, int all) {
        var z = 1.959964;
        var share = (double) yes / all;
        var denominator = 1 + z * z / all;
        var middle = (share + z * z / (2 * all)) / denominator;
        var half = z * Math.sqrt(share * (1 - share) / all + z * z / (4.0 * all * all)) / denominator;
        return new Interval(share, middle - half, middle + half);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", value, low, high);
    }
}
