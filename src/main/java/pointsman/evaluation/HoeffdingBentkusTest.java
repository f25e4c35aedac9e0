package pointsman.evaluation;

/// The bound that "Learn then Test" (arXiv 2110.01052) and conformal risk control use: Hoeffding's inequality with the
/// relative entropy, or Bentkus' with the binomial tail, whichever is tighter. It knows nothing of the variance, so it
/// pays for losses of every size what the largest would cost; kept beside [BettingTest] to measure what betting gains.
final class HoeffdingBentkusTest implements MeanTest {
    private final double most;
    private double sum;
    private int count;

    /// @param most the largest loss that there can be; the least is -1
    HoeffdingBentkusTest(double most) {
        this.most = most;
    }

    @Override
    public void add(double loss) {
        sum += loss;
        count++;
    }

    @Override
    public void remove(double loss) {
        sum -= loss;
        count--;
    }

    @Override
    public boolean proves(double confidence) {
        var allowed = 1 / (1 + most); // zero, when losses are put between 0 and 1
        var mean = (sum / count + 1) / (1 + most);
        return mean < allowed && Math.min(hoeffding(mean, allowed), bentkus(mean, allowed)) <= Math.log(1 - confidence);
    }

    private double hoeffding(double mean, double allowed) {
        var entropy = mean * Math.log(mean / allowed) + (1 - mean) * Math.log((1 - mean) / (1 - allowed));
        return -count * entropy;
    }

    /// log(e P(Binomial(count, allowed) <= ceil(count mean))).
    private double bentkus(double mean, double allowed) {
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
