package pointsman.fleet.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The local models and the engine that runs them: `pointsman.local` in application.yml, which explains each property.
///
/// @param cacheDirectory where fetched weights and the fetched engine are kept, outside the repository
/// @param engine path of a `llama-server`; empty: the one on the `PATH`, else `enginePackage`
/// @param enginePackage the pinned engine that is fetched where there is none
/// @param python the interpreter that runs the fetched engine and asks pip for packages
/// @param models the models by their name
@ConfigurationProperties("pointsman.local")
record LocalProperties(
        Path cacheDirectory,
        String engine,
        EnginePackage enginePackage,
        String python,
        Downloads downloads,
        Supervision supervision,
        Map<String, Model> models) {

    /// The wheel of the engine: tried in the order of `sources`, accepted with any of the hashes (one per platform).
    public record EnginePackage(List<String> sources, List<String> sha256) {}

    /// Limits of fetching.
    ///
    /// @param attempts tries in a row without a byte of progress, before a source is given up
    /// @param retryAfter the pause between them
    /// @param stall a connection that delivers nothing for this long is cut, and resumed
    /// @param maxFile a larger file is refused
    public record Downloads(int attempts, Duration retryAfter, Duration stall, DataSize maxFile) {}

    /// How a running engine is watched.
    ///
    /// @param startTimeout until the engine must be ready to answer
    /// @param probeInterval between two health probes
    /// @param probeTimeout until a probe must be answered
    /// @param missesUntilHung unanswered probes in a row, after which the engine is killed and restarted
    /// @param stopTimeout until an engine that was asked to stop is killed
    /// @param firstPause before the first restart; doubled for each further one
    /// @param longestPause the bound of that doubling
    /// @param settledAfter an engine that was up for this long starts again from `firstPause`
    public record Supervision(
            Duration startTimeout,
            Duration probeInterval,
            Duration probeTimeout,
            int missesUntilHung,
            Duration stopTimeout,
            Duration firstPause,
            Duration longestPause,
            Duration settledAfter) {}

    /// One local model; how it is run is in [EngineProperties].
    ///
    /// @param file the weights (GGUF): a name in the cache directory, or an absolute path
    /// @param sha256 of that file in hex; empty only for a file that is not fetched
    /// @param sources where to fetch it, tried in order ([Source])
    /// @param chatTemplate a Jinja template that replaces the file's own: `classpath:...` or a path; empty: none
    /// @param requestDefaults fields of a request's body that apply where the client left them out
    public record Model(
            String file,
            @DefaultValue("") String sha256,
            @DefaultValue Licence licence,
            @DefaultValue List<String> sources,
            @DefaultValue("") String chatTemplate,
            @DefaultValue Map<String, Object> requestDefaults) {

        public Model {
            requestDefaults = listsIn(requestDefaults);
        }

        /// The binder gives a list inside a map of anything as a map from "0", "1", ...: this turns it into a list
        /// again.
        private static Map<String, Object> listsIn(Map<String, Object> bound) {
            var fields = new LinkedHashMap<String, Object>();
            bound.forEach((name, value) -> fields.put(
                    name, value instanceof Map<?, ?> map && map.containsKey("0") ? List.copyOf(map.values()) : value));
            return Collections.unmodifiableMap(fields);
        }
    }

    /// What the weights are licensed under; the notice is shown once, before they are fetched.
    public record Licence(
            @DefaultValue("") String name, @DefaultValue("") String notice) {}

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public LocalProperties {
        models = Map.copyOf(models);
        require(!cacheDirectory.toString().isEmpty(), "cache-directory", "must be named");
        require(!python.isBlank(), "python", "must be named");
        enginePackage.sha256().forEach(hash -> requireSha256(hash, "engine-package.sha256"));
        requireSources(enginePackage.sources(), "engine-package.sources");
        checkDownloads(downloads);
        checkSupervision(supervision);
        models.forEach((name, model) -> checkModel(model, "models." + name));
    }

    private static void checkDownloads(Downloads downloads) {
        requireAtLeastOne(downloads.attempts(), "downloads.attempts");
        requirePositive(downloads.retryAfter(), "downloads.retry-after");
        requirePositive(downloads.stall(), "downloads.stall");
        require(downloads.maxFile().toBytes() > 0, "downloads.max-file", "must be more than 0");
    }

    private static void checkSupervision(Supervision supervision) {
        requirePositive(supervision.startTimeout(), "supervision.start-timeout");
        requirePositive(supervision.probeInterval(), "supervision.probe-interval");
        requirePositive(supervision.probeTimeout(), "supervision.probe-timeout");
        requireAtLeastOne(supervision.missesUntilHung(), "supervision.misses-until-hung");
        requirePositive(supervision.stopTimeout(), "supervision.stop-timeout");
        requirePositive(supervision.firstPause(), "supervision.first-pause");
        requirePositive(supervision.settledAfter(), "supervision.settled-after");
        require(
                supervision.longestPause().compareTo(supervision.firstPause()) >= 0,
                "supervision.longest-pause",
                "shorter than first-pause");
    }

    private static void checkModel(Model model, String name) {
        require(!model.file().isBlank(), name + ".file", "must be named");
        require(
                Path.of(model.file()).isAbsolute() || !model.sources().isEmpty(),
                name + ".sources",
                "needed, because the file is not an absolute path");
        if (!model.sha256().isEmpty() || !model.sources().isEmpty()) {
            requireSha256(model.sha256(), name + ".sha256");
        }
        requireSources(model.sources(), name + ".sources");
    }

    private static void requireSources(List<String> sources, String property) {
        for (var source : sources) {
            try {
                Source.parse(source);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
            }
        }
    }

    private static void requireSha256(String hash, String property) {
        require(SHA256.matcher(hash).matches(), property, "not 64 hex digits");
    }

    private static void requireAtLeastOne(int value, String property) {
        require(value >= 1, property, "less than 1");
    }

    private static void requirePositive(Duration value, String property) {
        require(value.isPositive(), property, "must be longer than 0");
    }

    private static void require(boolean condition, String property, String message) {
        if (!condition) {
            throw new IllegalArgumentException(property + ": " + message);
        }
    }
}
