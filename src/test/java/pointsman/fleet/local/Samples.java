package pointsman.fleet.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/// Properties for tests: short times.
final class Samples {
    static final String NO_HASH = "0".repeat(64);

    private Samples() {}

    static LocalProperties properties(Path directory, Map<String, LocalProperties.Model> models) {
        return new LocalProperties(
                directory,
                "",
                new LocalProperties.EnginePackage(List.of(), List.of()),
                "python3",
                downloads(),
                supervision(),
                models);
    }

    static EngineProperties engines(LocalProperties properties) {
        var one = new EngineProperties.Engine(2048, 2, 1, false);
        return new EngineProperties(
                properties.models().keySet().stream().collect(Collectors.toMap(name -> name, _ -> one)));
    }

    static LocalProperties.Downloads downloads() {
        return new LocalProperties.Downloads(3, Duration.ofMillis(1), Duration.ofMillis(300), DataSize.ofMegabytes(4));
    }

    static LocalProperties.Supervision supervision() {
        return new LocalProperties.Supervision(
                Duration.ofSeconds(20),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                2,
                Duration.ofSeconds(2),
                Duration.ofMillis(50),
                Duration.ofMillis(400),
                Duration.ofMinutes(1));
    }

    static LocalProperties.Model model(String file, String sha256, String... sources) {
        return new LocalProperties.Model(
                file,
                sha256,
                new LocalProperties.Licence("", ""),
                List.of(sources),
                "",
                Map.of("stop", List.of("END")));
    }
}
