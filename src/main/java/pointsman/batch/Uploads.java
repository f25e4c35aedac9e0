package pointsman.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// The tables and files that clients sent, beside the store. One is kept when its bytes and its name are on the
/// disk.
final class Uploads {
    private final Path directory;

    /// @param directory made if it is not there
    Uploads(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /// A file of this store for what is still coming in.
    ///
    /// @throws pointsman.failure.FailureException a [Failure.StorageFull] if there can be none
    Path incoming() {
        try {
            return Files.createTempFile(directory, "incoming-", ".part");
        } catch (IOException _) {
            throw full();
        }
    }

    /// Lines of text in such a file.
    ///
    /// @throws pointsman.failure.FailureException a [Failure.StorageFull] if the disk takes nothing more
    Path incoming(Iterable<String> lines) {
        var file = incoming();
        try {
            return Files.write(file, lines, UTF_8);
        } catch (IOException _) {
            discard(file);
            throw full();
        }
    }

    /// Keeps what has come in under an id.
    ///
    /// @throws pointsman.failure.FailureException a [Failure.StorageFull] if the disk takes nothing more
    void keep(Path incoming, String id) {
        try {
            try (var file = FileChannel.open(incoming, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(incoming, path(id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException _) {
            throw full();
        }
        syncNames(id);
    }

    /// A name that is not on the disk is taken back, so that nothing stays that nobody knows of.
    private void syncNames(String id) {
        try (var folder = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
            folder.force(true);
        } catch (IOException _) {
            discard(path(id));
            throw full();
        }
    }

    private static FailureException full() {
        return new Failure.StorageFull("the upload").asException();
    }

    /// Where what is kept under an id lies.
    Path path(String id) {
        return directory.resolve(id);
    }

    void delete(String id) {
        discard(path(id));
    }

    /// Removes a file, if it is there.
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
