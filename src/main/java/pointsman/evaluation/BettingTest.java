package pointsman.evaluation;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Proves from independent losses, each at most `most`, that their mean is not above zero, by betting on it
/// (Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS B 2024, arXiv 2010.09686).
///
/// Who stakes the share s of a capital of 1 on every loss being below zero has Prod(1 - s loss) in the end. If the mean
/// were above zero, no stake would make that grow on average, so by Markov's inequality a capital of 1 / d is reached
/// with a chance of at most d: whoever reaches it has a proof with confidence 1 - d. It holds for any number of losses
/// and any distribution, and the best stake grows with the mean and shrinks with the variance, so rare losses are no
/// obstacle. Which stake is best is not known before, so the capital is spread evenly over a range of them; the sum of
/// bets is a bet. The order of the losses does not matter.
final class BettingTest implements MeanTest {
    private static final int STAKES = 16;
    private static final double RATIO = 0.7; // the smallest stake is 0.7^15, about 1/200 of the largest
    private static final double LARGEST = 0.95; // of the stake at which the largest loss would take everything

    private final double[] stakes;
    private final double[] logCapital = new double[STAKES];

    /// @param most the largest loss that there can be, above 0
    BettingTest(double most) {
        stakes = IntStream.range(0, STAKES)
                .mapToDouble(number -> LARGEST / most * Math.pow(RATIO, number))
                .toArray();
    }

    @Override
    public void add(double loss) {
        for (var number = 0; number < STAKES; number++) {
            logCapital[number] += Math.log1p(-stakes[number] * loss);
        }
    }

    @Override
    public void remove(double loss) {
        for (var number = 0; number < STAKES; number++) {
            logCapital[number] -= Math.log1p(-stakes[number] * loss);
        }
    }

    @Override
    public boolean proves(double confidence) {
        return logMeanCapital() >= -Math.log(1 - confidence);
    }

    private double logMeanCapital() {
        var largest = Arrays.stream(logCapital).max().orElseThrow();
        return largest
                + Math.log(DoubleStream.of(logCapital)
                        .map(capital -> Math.exp(capital - largest))
                        .average()
                        .orElseThrow());
    }
}
