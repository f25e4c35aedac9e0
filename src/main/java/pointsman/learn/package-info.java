/// What outcomes tell about a pair of models: abilities, curves, thresholds, proofs.
@NullMarked
package pointsman.learn;

import org.jspecify.annotations.NullMarked;
