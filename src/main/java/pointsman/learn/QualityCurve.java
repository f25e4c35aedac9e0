package pointsman.learn;

/// Mean quality as a function of the share of prompts that large answers, over all cut points of the score.
///
/// @param share sent to large, rising from 0 to 1
/// @param quality the mean quality of the answers at each share
/// @param large the mean quality when large answers everything
public record QualityCurve(double[] share, double[] quality, double large) {
    private static final double ROUNDING = 1e-12;

    /// Mean quality when small answers everything.
    public double small() {
        return quality[0];
    }

    /// Average performance gap recovered: the area between this curve and all-small, of that between all-large and
    /// all-small. Random sending gives 0.5.
    public double apgr() {
        var area = 0.0;
        for (var step = 1; step < share.length; step++) {
            area += (share[step] - share[step - 1]) * (quality[step] + quality[step - 1]) / 2;
        }
        return (area - small()) / (large - small());
    }

    /// The largest share sent to small whose mean quality is at most this far, relatively, below all-large. It is read
    /// off the curve, so it promises nothing for other prompts.
    public double costAdvantage(double drop) {
        var step = 0;
        while (quality[step] < (1 - drop) * large - ROUNDING) {
            step++;
        }
        return 1 - share[step];
    }
}
