package pointsman.fleet.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Small texts that travel inside the jar, and their copies on disk for programs that want a file.
final class Resources {
    private static final String CLASSPATH = "classpath:";

    private Resources() {}

    static String text(String name) throws IOException {
        try (var in = Resources.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("no " + name + " on the class path");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /// The text at `classpath:NAME` or at a path.
    static String textAt(String location) throws IOException {
        return location.startsWith(CLASSPATH)
                ? text(location.substring(CLASSPATH.length()))
                : Files.readString(Path.of(location));
    }

    /// Makes the file hold this text, and leaves it alone where it does: the directory may be read-only then.
    static Path place(String text, Path file) throws IOException {
        var bytes = text.getBytes(UTF_8);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.write(file, bytes);
        }
        return file;
    }
}
