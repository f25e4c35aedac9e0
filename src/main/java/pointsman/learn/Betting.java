package pointsman.learn;

/// Proves by betting (Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS B 2024,
/// arXiv 2010.09686).
///
/// Who begins with a capital of 1 and stakes the share s of it on the next loss being below zero has 1 - s loss times
/// as much after it. If the mean loss were above zero, no stake that is chosen before the loss is seen would make the
/// capital grow on average, so it would ever reach 1 / d with a chance of at most d (Ville 1939): whoever reaches it
/// has a proof with confidence 1 - d. That holds for any distribution and any number of losses.
///
/// How many losses are left to come is known here, so what counts is to reach 1 / d by the last one, and nothing is
/// gained by having some capital then. With n losses of a variance v to come, a stake of sqrt(2 log(w) / (n v)) needs
/// the least mean to make the capital w times as large. It is worked out anew before every loss from the w that is
/// still wanting: who has fallen behind stakes more (Voráček & Orabona, "STaR-Bets", arXiv 2505.22422). A normal
/// approximation, which is no proof, is hardly more powerful: where one takes 55 % of samples for proof, this takes
/// 50 to 52 %, and stakes that are laid down at the beginning 37 %.
///
/// A variance that is not known yet is dangerous: before the first loss comes, all seem to be small gains, and a large
/// stake would lose nearly all on it. So no stake may lose more than half of the capital.
public final class Betting implements MeanProof {
    private static final double BELIEVED_VARIANCE = 0.05; // before the first loss
    private static final double BELIEF = 20; // losses that it weighs as much as
    private static final double MOST_LOST = 0.5; // of the capital, by one loss

    @Override
    public boolean proves(double[] losses, double most, double confidence) {
        var wanting = -Math.log(1 - confidence); // the logarithm of what the capital must still grow by
        var sum = 0.0;
        var squares = BELIEVED_VARIANCE * BELIEF;
        for (var seen = 0; seen < losses.length; seen++) {
            var variance = squares / (seen + BELIEF);
            var stake = Math.min(Math.sqrt(2 * wanting / ((losses.length - seen) * variance)), MOST_LOST / most);
            wanting -= Math.log1p(-stake * losses[seen]);
            if (wanting <= 0) {
                return true;
            }
            sum += losses[seen];
            squares += Math.pow(losses[seen] - sum / (seen + 2), 2);
        }
        return false;
    }
}
