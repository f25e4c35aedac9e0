package pointsman.lab.router;

import java.util.OptionalDouble;
import pointsman.learn.Sample;

/// What is usually done instead of [ThresholdSearch]: the lowest threshold that kept the promise on the
/// very outcomes it was chosen with. It keeps it for others about half of the time.
public final class NaiveThreshold {
    private NaiveThreshold() {}

    public static OptionalDouble of(Sample sample, double maxDrop) {
        var share = sample.curve().costAdvantage(maxDrop);
        var toSmall = sample.size() - (int) Math.round(share * sample.size());
        return toSmall == sample.size() ? OptionalDouble.empty() : OptionalDouble.of(sample.score(toSmall));
    }
}
