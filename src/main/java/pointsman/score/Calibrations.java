package pointsman.score;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The calibration files of the configuration, by the names that policies use.
public final class Calibrations {
    /// The name that no file has: the pair of the configuration, as the router was trained.
    public static final String STANDARD = "";

    private static final String PROPERTY = "pointsman.router.calibrations.";

    private final Map<String, LadderCalibration> byName;

    /// @param byName what the files hold
    public Calibrations(Map<String, LadderCalibration> byName) {
        this.byName = Map.copyOf(byName);
    }

    /// Reads the files.
    ///
    /// @throws IllegalArgumentException with the property's name, if one of them cannot be read: a promise
    ///     that is not kept because its file is gone must not go unnoticed
    static Calibrations read(Map<String, Path> files) {
        var read = new HashMap<String, LadderCalibration>();
        files.forEach((name, file) -> {
            try {
                read.put(name, LadderCalibration.read(file));
            } catch (RouterModelException unusable) {
                throw new IllegalArgumentException(PROPERTY + name + ": " + unusable.getMessage(), unusable);
            }
        });
        return new Calibrations(read);
    }

    /// The calibration of this name, if there is one.
    public Optional<LadderCalibration> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// The arithmetic of each calibration's ladder.
    ///
    /// @throws IllegalArgumentException with the property's name, if a calibration belongs to another
    ///     router
    Map<String, LadderScore> ladderScores(RouterModel router) {
        var scores = new HashMap<String, LadderScore>();
        byName.forEach((name, calibration) -> {
            try {
                scores.put(name, calibration.score(router));
            } catch (RouterModelException foreign) {
                throw new IllegalArgumentException(PROPERTY + name + ": " + foreign.getMessage(), foreign);
            }
        });
        return scores;
    }
}
