package pointsman.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What `calibrate` learned of one pair of models from outcomes of its own: their points in the router's skill space,
/// the curve that makes a probability of their score, and the thresholds whose promises were proved.
///
/// @param version of this format
/// @param routerSha256 of the graph whose skills these are; no other router can use them
/// @param fittedOn outcomes that the abilities and the curve were fitted on; 0: they are a known pair's
/// @param testedOn further outcomes that the promises were proved on
/// @param confidence that was asked of every promise
/// @param certificates the promises that could be proved, none of them if none could
public record PairCalibration(
        int version,
        String routerSha256,
        int fittedOn,
        int testedOn,
        double confidence,
        Ability small,
        Ability large,
        CalibrationCurve curve,
        List<Certificate> certificates) {
    /// The version that this program reads and writes.
    public static final int VERSION = 1;

    private static final long LARGEST_FILE = 1 << 20; // bytes; one has some thousand

    public PairCalibration {
        certificates = List.copyOf(certificates);
    }

    /// Reads a calibration file.
    ///
    /// @throws RouterModelException if it is missing or not what `calibrate` writes
    public static PairCalibration read(Path file) throws RouterModelException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new RouterModelException("%s is larger than %d bytes".formatted(file, LARGEST_FILE));
            }
            var calibration = RouterFiles.JSON.readValue(Files.readAllBytes(file), PairCalibration.class);
            if (calibration.version() != VERSION) {
                throw new RouterModelException("%s is of version %d, this program reads version %d"
                        .formatted(file, calibration.version(), VERSION));
            }
            return calibration;
        } catch (JacksonException broken) {
            throw new RouterModelException(file + " is no calibration that `calibrate` wrote", broken);
        } catch (IOException unreadable) {
            throw new RouterModelException(file + " cannot be read", unreadable);
        }
    }

    /// Writes a calibration file.
    public void write(Path file) throws IOException {
        Files.write(file, RouterFiles.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /// The proved promise that lets small answer most and loses no more than this. A smaller drop is one too.
    public Optional<Certificate> certificateFor(QualityDrop maxDrop) {
        return certificates.stream()
                .filter(certificate -> certificate.maxDrop() <= maxDrop.share())
                .max(Comparator.comparingDouble(Certificate::smallShare));
    }

    /// The arithmetic of this pair.
    ///
    /// @throws RouterModelException if the router is another one than the pair was fitted with
    public PairScore pairScore(RouterModel router) throws RouterModelException {
        if (!routerSha256.equals(router.sha256())) {
            throw new RouterModelException(
                    "the calibration belongs to another router (sha-256 %s, this one has %s): run `calibrate` again"
                            .formatted(routerSha256, router.sha256()));
        }
        return PairScore.fitted(small, large, curve);
    }
}
