package pointsman.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// A disk under a process that fails to sync now and then: strace answers every n-th `fsync` and `fdatasync` of
/// each of its threads with EIO, until this is closed.
public final class FailingSync implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Process strace;
    private final Path log;

    private FailingSync(Process strace, Path log) {
        this.strace = strace;
        this.log = log;
    }

    /// Whether strace is there.
    public static boolean isInstalled() {
        return Stream.of("/usr/bin/strace", "/bin/strace").map(Path::of).anyMatch(Files::isExecutable);
    }

    /// Takes hold of a process.
    ///
    /// @param every the how manieth sync fails
    public static FailingSync of(long pid, int every) throws Exception {
        var log = Files.createTempFile(Files.createDirectories(Path.of("target", "jobs")), "strace-", ".log");
        var strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-p",
                        Long.toString(pid),
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:error=EIO:when=%d+%d".formatted(every, every))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Eventually.holds(
                "strace has taken hold",
                LONGEST,
                () -> !strace.isAlive() || Files.readString(log).contains("attached"));
        return new FailingSync(strace, log);
    }

    /// Whether it may trace at all.
    public boolean isAttached() {
        return strace.isAlive();
    }

    /// How many syncs have failed.
    public long failures() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("(INJECTED)")).count();
        }
    }

    @Override
    public void close() {
        strace.destroy();
        strace.onExit().join();
    }
}
