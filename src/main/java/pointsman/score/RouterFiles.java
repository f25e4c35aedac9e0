package pointsman.score;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads the three artefacts from a directory or from the class path, and refuses what does not fit together.
final class RouterFiles {
    private static final int LARGEST_FILE = 256 << 20; // bytes; the shipped graph has 24 MB
    private static final int VERSION = 2;
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final String directory;

    RouterFiles(String directory) {
        this.directory = directory;
    }

    RouterModel model() throws RouterModelException {
        var calibration = parsed("calibration.json", Calibration.class);
        requireVersion(calibration);
        return new RouterModel(this, calibration);
    }

    /// The graph that a calibration belongs to.
    byte[] graph(String sha256) throws RouterModelException {
        var graph = bytes("router.onnx");
        requireDigest(graph, sha256);
        return graph;
    }

    WordPiece wordPiece() throws RouterModelException {
        return parsed("tokenizer.json", TokenizerFile.class).model();
    }

    private record TokenizerFile(WordPiece model) {}

    private void requireVersion(Calibration calibration) throws RouterModelException {
        if (calibration.version() != VERSION) {
            throw new RouterModelException("%s is of version %d, this program reads version %d"
                    .formatted(name("calibration.json"), calibration.version(), VERSION));
        }
    }

    private void requireDigest(byte[] graph, String expected) throws RouterModelException {
        var actual = sha256(graph);
        if (!actual.equals(expected)) {
            throw new RouterModelException(
                    "%s (%d bytes) is not the file that calibration.json belongs to: sha-256 %s, not %s"
                            .formatted(name("router.onnx"), graph.length, actual, expected));
        }
    }

    private <T> T parsed(String file, Class<T> type) throws RouterModelException {
        try {
            return JSON.readValue(bytes(file), type);
        } catch (JacksonException broken) {
            throw new RouterModelException(name(file) + " is not usable", broken);
        }
    }

    private byte[] bytes(String file) throws RouterModelException {
        try (var stream = open(file)) {
            var bytes = stream.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new RouterModelException("%s is larger than %d bytes".formatted(name(file), LARGEST_FILE));
            }
            return bytes;
        } catch (IOException unreadable) {
            throw new RouterModelException(name(file) + " cannot be read", unreadable);
        }
    }

    private InputStream open(String file) throws IOException, RouterModelException {
        if (!directory.isEmpty()) {
            return Files.newInputStream(Path.of(directory, file));
        }
        var stream = RouterFiles.class.getResourceAsStream("/router-model/" + file);
        if (stream == null) {
            throw new RouterModelException(name(file) + " is missing");
        }
        return stream;
    }

    String name(String file) {
        return directory.isEmpty()
                ? "classpath:/router-model/" + file
                : Path.of(directory, file).toString();
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
