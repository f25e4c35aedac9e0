package pointsman.lab.server;

import java.nio.file.Path;

/// The checkout that the laboratory stands in, wherever it is called from.
final class Checkout {
    private Checkout() {}

    static Path path(String relative) {
        return Path.of(System.getProperty("project.basedir", ""))
                .resolve(relative)
                .toAbsolutePath();
    }
}
