package pointsman.fleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/// Remembers beside a file that it was hashed, so that a start need not read hundreds of megabytes again: the note
/// holds hash, size and time of last change, and speaks only for a file that still has this size and time.
record Seal(String sha256, long bytes, long changedAtMillis) {

    /// Whether the file is there and has one of the accepted hashes; an empty list accepts any file.
    ///
    /// Reads the whole file only where no valid seal lies beside it, and then leaves one if it may.
    static boolean isIntact(Path file, Collection<String> accepted) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        if (accepted.isEmpty()) {
            return true;
        }
        var note = noteOf(file);
        if (Files.isRegularFile(note) && accepted.stream().anyMatch(hash -> speaksFor(note, file, hash))) {
            return true;
        }
        var actual = Sha256.of(file);
        var intact = accepted.contains(actual);
        if (intact && Files.isWritable(file.toAbsolutePath().getParent())) {
            set(file, actual);
        }
        return intact;
    }

    /// Notes that the file has this hash.
    static void set(Path file, String sha256) throws IOException {
        Files.writeString(noteOf(file), of(file, sha256).line());
    }

    private static boolean speaksFor(Path note, Path file, String sha256) {
        try {
            return Files.readString(note).equals(of(file, sha256).line());
        } catch (IOException _) {
            return false; // an unreadable note says nothing: the file is hashed
        }
    }

    private static Seal of(Path file, String sha256) throws IOException {
        return new Seal(
                sha256, Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }

    private String line() {
        return sha256 + " " + bytes + " " + changedAtMillis + "\n";
    }

    private static Path noteOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".verified");
    }
}
