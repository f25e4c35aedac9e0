package pointsman.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pointsman.failure.StartRefused;
import pointsman.score.Calibrations;
import pointsman.score.Certificate;
import pointsman.score.LadderCalibration;
import pointsman.score.QualityDrop;

/// Makes a policy of what the configuration says: a threshold, or how much quality may be lost.
public final class Policies {
    private final Calibrations calibrations;
    private final String standard;

    /// @param calibrations what is known of pairs
    /// @param standard the calibration of policies that name none; empty: the router's own pair
    /// @throws IllegalArgumentException if there is no calibration of the standard name
    public Policies(Calibrations calibrations, String standard) {
        this.calibrations = calibrations;
        this.standard = standard;
        requireKnown(standard);
    }

    /// A rung answers from a threshold on that somebody chose.
    ///
    /// @param calibration by its name; null for the standard one
    /// @throws IllegalArgumentException if there is no such calibration, or the threshold is none
    public TierPolicy threshold(List<Double> thresholds, @Nullable String calibration) {
        return new TierPolicy.Threshold(thresholds, requireKnown(nameOf(calibration)), "");
    }

    /// Small answers from the threshold on that loses no more than this, as was proved. Where nothing was
    /// proved large answers everything, and every decision says so.
    ///
    /// @param maxDrop in percent of the large model's mean quality, such as `1%`
    /// @param calibration by its name; null for the standard one
    /// @throws IllegalArgumentException if there is no such calibration, or the drop is none
    public TierPolicy maxQualityDrop(String maxDrop, @Nullable String calibration) {
        var drop = parsed(maxDrop);
        var name = nameOf(calibration);
        var proofs = proofs(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "max-quality-drop: needs a calibration with outcomes of the pair; make one with `calibrate` and name it"
                                + " under pointsman.router.calibrations"));
        return proofs.certificateFor(drop)
                .<TierPolicy>map(proof -> new TierPolicy.Threshold(proof.thresholds(), name, proof.label()))
                .orElseGet(() -> new TierPolicy.Unproved(Certificate.label(drop, proofs.confidence())));
    }

    /// Checks that a policy is about as many rungs as a ladder has.
    ///
    /// @param property that says so, for the message
    /// @throws StartRefused if its thresholds, or the calibration whose scores they are for, are of another
    ///     number
    public void requireRungs(String property, TierPolicy policy, int rungs) {
        if (policy instanceof TierPolicy.Threshold threshold && rungs > 1) {
            var thresholds = threshold.thresholds().size();
            var scored = proofs(threshold.calibration())
                    .map(calibration -> calibration.rungs().size())
                    .orElse(rungs);
            if ((thresholds > 1 && thresholds != rungs - 1) || scored != rungs) {
                throw new StartRefused(
                        "%s: has %d rungs, and its calibration '%s' is of %d"
                                .formatted(property, rungs, threshold.calibration(), Math.max(scored, thresholds + 1)),
                        "Calibrate these rungs (`calibrate --rungs`), or give the route a threshold of its own.");
            }
        }
    }

    private static QualityDrop parsed(String maxDrop) {
        try {
            return QualityDrop.parse(maxDrop);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("max-quality-drop: " + wrong.getMessage(), wrong);
        }
    }

    private String nameOf(@Nullable String calibration) {
        return calibration == null ? standard : calibration;
    }

    private String requireKnown(String name) {
        proofs(name);
        return name;
    }

    private Optional<LadderCalibration> proofs(String name) {
        var proofs = calibrations.named(name);
        if (proofs.isEmpty() && !name.equals(Calibrations.STANDARD)) {
            throw new IllegalArgumentException(
                    "calibration: there is no '%s' under pointsman.router.calibrations".formatted(name));
        }
        if (proofs.isPresent() && proofs.get().rungs().size() > 2) {
            throw new IllegalArgumentException("calibration: '%s' is of %d rungs, and tiers are two"
                    .formatted(name, proofs.get().rungs().size()));
        }
        return proofs;
    }
}
