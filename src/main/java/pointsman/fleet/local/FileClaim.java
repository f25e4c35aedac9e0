package pointsman.fleet.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The right to fetch one file, held by one process of this machine at a time. The operating system gives it back when
/// its holder dies.
final class FileClaim implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final FileLock lock;

    private FileClaim(FileLock lock) {
        this.lock = lock;
    }

    /// Waits until nobody else fetches this file; `onWait` is called once if that takes a while.
    static FileClaim on(Path file, Runnable onWait) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = tryLock(channel);
        if (lock == null) {
            onWait.run();
        }
        while (lock == null) {
            Thread.sleep(PAUSE);
            lock = tryLock(channel);
        }
        return new FileClaim(lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held within this very process
        }
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
