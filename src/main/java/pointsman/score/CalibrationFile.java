package pointsman.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads what `calibrate` writes and has written: version 2 is a [LadderCalibration], version 1 was of one
/// pair.
final class CalibrationFile {
    private static final long LARGEST_FILE = 1 << 20; // bytes; one has some thousand for each rung

    private CalibrationFile() {}

    static LadderCalibration read(Path file) throws RouterModelException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new RouterModelException("%s is larger than %d bytes".formatted(file, LARGEST_FILE));
            }
            return calibration(file, RouterFiles.JSON.readTree(Files.readAllBytes(file)));
        } catch (JacksonException broken) {
            throw new RouterModelException(file + " is no calibration that `calibrate` wrote", broken);
        } catch (IOException unreadable) {
            throw new RouterModelException(file + " cannot be read", unreadable);
        }
    }

    private static LadderCalibration calibration(Path file, JsonNode content) throws RouterModelException {
        var version = content.path("version").asInt(0);
        return switch (version) {
            case 1 -> RouterFiles.JSON.treeToValue(content, OfPair.class).ladder();
            case LadderCalibration.VERSION -> RouterFiles.JSON.treeToValue(content, LadderCalibration.class);
            default ->
                throw new RouterModelException("%s is of version %d, this program reads versions 1 to %d"
                        .formatted(file, version, LadderCalibration.VERSION));
        };
    }

    /// Version 1.
    private record OfPair(
            String routerSha256,
            int fittedOn,
            int testedOn,
            double confidence,
            Ability small,
            Ability large,
            CalibrationCurve curve,
            List<Proof> certificates) {

        private record Proof(double maxDrop, double confidence, double threshold, double smallShare) {
            Certificate certificate() {
                return Certificate.ofPair(maxDrop, confidence, threshold, smallShare);
            }
        }

        LadderCalibration ladder() {
            return new LadderCalibration(
                    LadderCalibration.VERSION,
                    routerSha256,
                    fittedOn,
                    testedOn,
                    confidence,
                    List.of(
                            new LadderCalibration.Rung("small", 0, small),
                            new LadderCalibration.Rung("large", 1, large)),
                    List.of(curve),
                    certificates.stream().map(Proof::certificate).toList());
        }
    }
}
