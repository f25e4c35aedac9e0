package pointsman.lab.router;

import pointsman.learn.Outcome;
import pointsman.score.Reading;

/// An outcome that a router has read.
///
/// @param outcome what became of the prompt
/// @param reading what the router says about it
/// @param rank what the prompts of a task are ranked by, in [0, 1]; the higher, the better for small
/// @param score P(small is good enough) as the router ships it
record ScoredOutcome(Outcome outcome, Reading reading, double rank, double score) {
    private static final int FOLDS = 5;

    /// The fold of cross-validation, by the text where nobody says.
    public int fold() {
        return outcome.fold() >= 0 ? outcome.fold() : foldOfText();
    }

    public int foldOfText() {
        return Math.floorMod(outcome.text().hashCode(), FOLDS);
    }
}
