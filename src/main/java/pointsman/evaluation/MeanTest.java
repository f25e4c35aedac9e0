package pointsman.evaluation;

/// Collects losses and proves, if it can, that their mean is not above zero. Losses may be exchanged for others, so
/// that a whole sequence of thresholds costs hardly more than one.
interface MeanTest {
    /// One loss more.
    void add(double loss);

    /// One loss less, which was added before.
    void remove(double loss);

    /// Whether the mean of the losses is proved to be at most zero.
    ///
    /// @param confidence of the proof, in (0, 1)
    boolean proves(double confidence);
}
