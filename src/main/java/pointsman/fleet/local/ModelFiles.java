package pointsman.fleet.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.util.FileSystemUtils;

/// Large files that are fetched once: a file is there with the right hash, or it is not there at all.
///
/// What comes from a source is put together beside the target, hashed, and only then moved to its name in one step. A
/// file that no longer has its hash is fetched again. Pieces survive a cut, so that the next try goes on where the last
/// one ended; a claim keeps two gateways from fetching the same file.
final class ModelFiles {
    private final SourceReader reader;
    private final PrintStream out;

    ModelFiles(SourceReader reader, PrintStream out) {
        this.reader = reader;
        this.out = out;
    }

    /// A file that is wanted.
    ///
    /// @param label what a person calls it
    /// @param accepted the hashes that it may have; empty: any content will do
    /// @param notice shown before it is fetched; may be empty
    /// @param advice what to do where it cannot be fetched, in whole sentences
    record Wanted(
            String label, Path target, List<String> accepted, List<Source> sources, String notice, String advice) {}

    /// Fetches the file unless it is there already, and returns its path.
    ///
    /// @throws LocalModelException where no source gives the file; the message names every source and why
    Path fetch(Wanted wanted) {
        try {
            if (Seal.isIntact(wanted.target(), wanted.accepted())) {
                return wanted.target();
            }
            requireSources(wanted);
            var waiting = "waiting for another process that fetches " + wanted.label();
            try (var _ = FileClaim.on(wanted.target(), () -> out.println(waiting))) {
                return fetchClaimed(wanted);
            }
        } catch (IOException e) {
            throw failure(wanted, reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(wanted, "interrupted", e);
        }
    }

    private static void requireSources(Wanted wanted) throws FetchException {
        if (wanted.sources().isEmpty()) {
            var exists = Files.exists(wanted.target());
            throw new FetchException(wanted.target() + (exists ? " does not have its sha256" : " does not exist"));
        }
    }

    private Path fetchClaimed(Wanted wanted) throws IOException, InterruptedException {
        if (Seal.isIntact(wanted.target(), wanted.accepted())) {
            return wanted.target(); // the other process has fetched it
        }
        if (Files.exists(wanted.target())) {
            out.println(wanted.target() + " does not have its sha256 and is fetched again");
        } else if (!wanted.notice().isEmpty()) {
            out.println(wanted.notice());
        }
        fetchFromAny(wanted);
        return wanted.target();
    }

    private void fetchFromAny(Wanted wanted) throws IOException, InterruptedException {
        var reasons = new ArrayList<String>();
        for (var source : wanted.sources()) {
            try {
                out.println("fetching " + wanted.label() + " from " + source.text());
                fetchFrom(source, wanted);
                return;
            } catch (FetchException.CannotStore e) {
                throw e;
            } catch (IOException e) {
                reasons.add(source.text() + ": " + reason(e));
            }
        }
        throw new FetchException(String.join("; ", reasons));
    }

    private void fetchFrom(Source source, Wanted wanted) throws IOException, InterruptedException {
        var key = Sha256.of(source.text()).substring(0, 12);
        var directory = wanted.target().resolveSibling(wanted.target().getFileName() + ".from-" + key);
        Files.createDirectories(directory);
        var file = reader.read(source, directory);
        var actual = Sha256.of(file);
        if (!wanted.accepted().contains(actual)) {
            FileSystemUtils.deleteRecursively(directory);
            throw new FetchException("its sha256 is " + actual + ", not " + String.join(" or ", wanted.accepted()));
        }
        Files.move(file, wanted.target(), ATOMIC_MOVE, REPLACE_EXISTING);
        Seal.set(wanted.target(), actual);
        FileSystemUtils.deleteRecursively(directory);
    }

    private static LocalModelException failure(Wanted wanted, String reason, Exception cause) {
        return new LocalModelException(
                "cannot fetch %s: %s. %s".formatted(wanted.label(), reason, wanted.advice()), cause);
    }

    static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "cannot connect (offline?)";
        }
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
