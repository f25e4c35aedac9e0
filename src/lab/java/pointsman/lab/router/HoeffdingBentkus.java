package pointsman.lab.router;

import java.util.Arrays;
import pointsman.learn.MeanProof;

/// The bound that "Learn then Test" (arXiv 2110.01052) and conformal risk control use: Hoeffding's inequality with the
/// relative entropy, or Bentkus' with the binomial tail, whichever is tighter. It knows nothing of the variance, so it
/// pays for losses of every size what the largest would cost; kept beside [Betting] to measure what betting gains.
public final class HoeffdingBentkus implements MeanProof {
    @Override
    public boolean proves(double[] losses, double most, double confidence) {
        var allowed = 1 / (1 + most); // zero, when losses are put between 0 and 1
        var mean = (Arrays.stream(losses).average().orElseThrow() + 1) / (1 + most);
        return mean < allowed
                && Math.min(hoeffding(losses.length, mean, allowed), bentkus(losses.length, mean, allowed))
                        <= Math.log(1 - confidence);
    }

    private static double hoeffding(int count, double mean, double allowed) {
        var entropy = mean * Math.log(mean / allowed) + (1 - mean) * Math.log((1 - mean) / (1 - allowed));
        return -count * entropy;
    }

    /// log(e P(Binomial(count, allowed) <= ceil(count mean))).
    private static double bentkus(int count, double mean, double allowed) {
        var upTo = (int) Math.ceil(count * mean);
        var logTerm = count * Math.log1p(-allowed);
        var logSum = logTerm;
        for (var successes = 1; successes <= upTo; successes++) {
            logTerm += Math.log((count - successes + 1.0) / successes * allowed / (1 - allowed));
            logSum = Math.max(logSum, logTerm) + Math.log1p(Math.exp(-Math.abs(logSum - logTerm)));
        }
        return 1 + logSum;
    }
}
