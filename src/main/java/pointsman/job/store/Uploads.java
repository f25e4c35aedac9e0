package pointsman.job.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.http.Incoming;
import pointsman.http.OwnDirectory;

/// The tables and files that clients sent, beside the store. One is kept when its bytes and its name are
/// on the disk. What is still coming in lies in a directory of this process, and goes with it.
public final class Uploads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final String KEEPING = ".keeping";
    /// What versions before this one left beside the uploads, if nobody can be at it any more.
    private static final Set<String> FORMER = Set.of("multipart", "part");
    private static final Duration FORMER_AGE = Duration.ofHours(1);

    private final Path directory;
    private final Path allIncoming;
    private final Incoming incoming;

    /// @param data the directory that is ours; made if it is not there
    public Uploads(Path data) throws IOException {
        this.directory = OwnDirectory.of(data.resolve("uploads"));
        this.allIncoming = OwnDirectory.of(data.resolve("incoming"));
        this.incoming = Incoming.open(allIncoming);
    }

    /// Removes what gateways that are gone left behind.
    ///
    /// @param isKnown whether somebody knows what is kept under an id
    public void sweep(Predicate<String> isKnown) throws IOException {
        Incoming.sweep(allIncoming, left -> {
            var name = left.getFileName().toString();
            if (name.endsWith(KEEPING)) {
                var id = name.substring(0, name.length() - KEEPING.length());
                if (!isKnown.test(id)) {
                    delete(id);
                }
            }
        });
        try (var files = Files.list(directory)) {
            for (var file : files.filter(Uploads::isFormer).toList()) {
                discard(file);
            }
        }
    }

    private static boolean isFormer(Path file) {
        var name = file.getFileName().toString();
        var modified = file.toFile().lastModified();
        return FORMER.contains(name.substring(name.lastIndexOf('.') + 1))
                && Files.isRegularFile(file)
                && Instant.ofEpochMilli(modified).plus(FORMER_AGE).isBefore(Instant.now());
    }

    /// A file of this store for what is still coming in.
    ///
    /// @throws pointsman.failure.FailureException a [Failure.StorageFull] if there can be none
    public Path incoming() {
        return incoming.newFile();
    }

    /// Where what is still coming in lies.
    public Incoming arrivals() {
        return incoming;
    }

    /// Keeps what has come in under an id, and has it written down. If that fails nothing is kept; a
    /// process that ends in between leaves a mark, by which the next one finds what nobody knows of.
    ///
    /// @param record writes down that it is kept
    /// @throws pointsman.failure.FailureException a [Failure.StorageFull] if the disk takes nothing more
    public <T> T keep(Path arrived, String id, Supplier<T> record) {
        var mark = incoming.directory().resolve(id + KEEPING);
        var isRecorded = false;
        try {
            Files.createFile(mark);
            move(arrived, id);
            var recorded = record.get();
            isRecorded = true;
            return recorded;
        } catch (IOException _) {
            throw full();
        } finally {
            if (!isRecorded) {
                delete(id);
            }
            discard(mark);
        }
    }

    private void move(Path arrived, String id) throws IOException {
        try (var file = FileChannel.open(arrived, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        Files.move(arrived, path(id), StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
            folder.force(true);
        }
    }

    private static FailureException full() {
        return new Failure.StorageFull("the upload").asException();
    }

    /// Where what is kept under an id lies.
    public Path path(String id) {
        return directory.resolve(id);
    }

    /// Forgets what is kept under an id, and removes it. A process that ends in between leaves a mark, by
    /// which the next one finds what nobody knows of.
    ///
    /// @param forget strikes out what was written down
    public void delete(String id, Runnable forget) {
        var mark = incoming.directory().resolve(id + KEEPING);
        try {
            Files.write(mark, new byte[0]);
        } catch (IOException e) {
            // To delete is what helps a disk that takes nothing more.
            LOG.warn("{} is deleted without a mark: {}", id, e.toString());
        }
        forget.run();
        delete(id);
        discard(mark);
    }

    public void delete(String id) {
        discard(path(id));
    }

    /// Removes a file, if it is there. What came of a request does not depend on it.
    public void discard(Path file) {
        Incoming.discard(file);
    }

    @Override
    public void close() throws IOException {
        incoming.close();
    }
}
