package pointsman.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What `calibrate` learned of a ladder of models from outcomes of its own: their points in the router's
/// skill space, the
/// curves that make probabilities of their scores, and the thresholds whose promises were proved. A pair is
/// a ladder of two.
///
/// @param version of this format
/// @param routerSha256 of the graph whose skills these are; no other router can use them
/// @param fittedOn outcomes that the abilities, the curves and the order of thresholds were fitted on; 0:
///     they are a
/// known
///     pair's
/// @param testedOn further outcomes that the promises were proved on
/// @param confidence that was asked of every promise
/// @param rungs the cheapest first
/// @param curves one a rung but the last
/// @param certificates the promises that could be proved, none of them if none could
public record LadderCalibration(
        int version,
        String routerSha256,
        int fittedOn,
        int testedOn,
        double confidence,
        List<Rung> rungs,
        List<CalibrationCurve> curves,
        List<Certificate> certificates) {
    /// The version that this program writes; it reads those before, too.
    public static final int VERSION = 2;

    /// A model of the ladder.
    ///
    /// @param name in the outcomes
    /// @param cost of an answer; only what rungs cost beside each other counts
    /// @param ability its point in the skill space
    public record Rung(String name, double cost, Ability ability) {}

    public LadderCalibration {
        rungs = List.copyOf(rungs);
        curves = List.copyOf(curves);
        certificates = List.copyOf(certificates);
        LadderSpec.requireSize(rungs.size());
        var thresholds = rungs.size() - 1;
        if (curves.size() != thresholds
                || certificates.stream().anyMatch(proof -> proof.thresholds().size() != thresholds)) {
            throw new IllegalArgumentException("there must be a curve and a threshold for each rung but the last");
        }
    }

    /// Reads a calibration file.
    ///
    /// @throws RouterModelException if it is missing or not what `calibrate` writes
    public static LadderCalibration read(Path file) throws RouterModelException {
        return CalibrationFile.read(file);
    }

    /// Writes a calibration file.
    public void write(Path file) throws IOException {
        Files.write(file, RouterFiles.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /// The proved promise that saves most and loses no more than this. A smaller drop is one too.
    public Optional<Certificate> certificateFor(QualityDrop maxDrop) {
        return certificates.stream()
                .filter(certificate -> certificate.maxDrop() <= maxDrop.share())
                .min(Comparator.comparingDouble(Certificate::cost));
    }

    /// The arithmetic of this ladder.
    ///
    /// @throws RouterModelException if the router is another one than the ladder was fitted with
    public LadderScore score(RouterModel router) throws RouterModelException {
        if (!routerSha256.equals(router.sha256())) {
            throw new RouterModelException(
                    "the calibration belongs to another router (sha-256 %s, this one has %s): run `calibrate` again"
                            .formatted(routerSha256, router.sha256()));
        }
        return LadderScore.fitted(rungs.stream().map(Rung::ability).toList(), curves);
    }

    /// The arithmetic of a ladder of two.
    ///
    /// @throws IllegalArgumentException if there are more rungs
    /// @throws RouterModelException if the router is another one than the pair was fitted with
    public PairScore pairScore(RouterModel router) throws RouterModelException {
        if (rungs.size() != 2) {
            throw new IllegalArgumentException("the calibration is of %d rungs, not of a pair".formatted(rungs.size()));
        }
        return score(router).rungs().getFirst();
    }
}
