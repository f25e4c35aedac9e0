package pointsman.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/// A directory that nobody but its owner may look into, where the file system knows of owners.
public final class OwnDirectory {
    private OwnDirectory() {}

    /// Makes sure of one.
    ///
    /// @param path made if it is not there
    public static Path of(Path path) throws IOException {
        Files.createDirectories(path);
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
        return path;
    }
}
