package pointsman.learn;

/// Proves, if it can, that the mean of what losses are drawn from is not above zero.
@FunctionalInterface
public interface MeanProof {
    /// Whether it is proved. If it is not so, the chance of a proof is at most 1 - confidence.
    ///
    /// @param losses independent, in an order that owes nothing to their values, each from -1 to `most`
    /// @param most the largest loss that there can be, above 0
    /// @param confidence of the proof, in (0, 1)
    public boolean proves(double[] losses, double most, double confidence);
}
