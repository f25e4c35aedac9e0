package pointsman.evaluation;

import pointsman.score.Reading;

/// An outcome that a router has read.
///
/// @param outcome what became of the prompt
/// @param reading what the router says about it
/// @param score P(small is good enough) as the router ships it; NaN where it does not know the pair
public record ScoredOutcome(Outcome outcome, Reading reading, double score) {
    private static final int FOLDS = 5;

    /// The fold of cross-validation, by the text where nobody says.
    int fold() {
        return outcome.fold() >= 0 ? outcome.fold() : foldOfText();
    }

    int foldOfText() {
        return Math.floorMod(outcome.text().hashCode(), FOLDS);
    }
}
