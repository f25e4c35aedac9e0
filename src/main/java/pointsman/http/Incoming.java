package pointsman.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process's own directory for what is still coming in.
///
/// A lock on the file beside it lives exactly as long as the process, however that ends. So whoever gets the lock of
/// another directory knows that nobody writes there any more, and removes it: gateways may share a data directory.
public final class Incoming implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final String LOCK = ".lock";
    /// Locks belong to the process: one that looked at its own would lose it.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path lockFile;
    private final FileChannel channel;
    private final FileLock lock;

    private Incoming(Path directory, Path lockFile, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.channel = channel;
        this.lock = lock;
    }

    /// Makes a directory that nobody else uses.
    ///
    /// @param parent of those of all processes
    public static Incoming open(Path parent) throws IOException {
        while (true) {
            var name = UUID.randomUUID().toString();
            var lockFile = parent.toRealPath().resolve(name + LOCK);
            OURS.add(lockFile);
            var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            // Whoever sweeps may have been quicker with the lock than we, and has removed the file.
            if (lock != null && Files.exists(lockFile)) {
                return new Incoming(OwnDirectory.of(parent.resolve(name)), lockFile, channel, lock);
            }
            channel.close();
            OURS.remove(lockFile);
        }
    }

    public Path directory() {
        return directory;
    }

    /// A new and empty file in it.
    ///
    /// @throws pointsman.failure.FailureException a [pointsman.failure.Failure.StorageFull] if there can be none
    public Path newFile() {
        try {
            return Files.createTempFile(directory, "incoming-", ".part");
        } catch (IOException _) {
            throw HttpRefusals.diskFull();
        }
    }

    /// Removes a file, if it is there. What came of a request does not depend on it.
    public static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} stays on the disk: {}", file, e.toString());
        }
    }

    /// Removes the directories of processes that are gone.
    ///
    /// @param left is told of every file in them before it goes
    public static void sweep(Path parent, Consumer<Path> left) throws IOException {
        try (var files = Files.list(parent.toRealPath())) {
            for (var file : files.filter(path -> path.toString().endsWith(LOCK)).toList()) {
                if (!OURS.contains(file)) {
                    sweepOne(file, left);
                }
            }
        }
    }

    private static void sweepOne(Path lockFile, Consumer<Path> left) {
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock != null) {
                var text = lockFile.toString();
                remove(Path.of(text.substring(0, text.length() - LOCK.length())), left);
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException e) {
            LOG.warn("what a gateway that is gone left in {} stays: {}", lockFile, e.toString());
        }
    }

    private static void remove(Path directory, Consumer<Path> left) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                left.accept(file);
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    @Override
    public void close() throws IOException {
        remove(directory, _ -> {});
        Files.deleteIfExists(lockFile);
        lock.release();
        channel.close();
        OURS.remove(lockFile);
    }
}
