package pointsman.job.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pointsman.fleet.ApiKey;
import pointsman.job.JobProperties.Store;

class SqliteJobStoreTest extends JobStoreContract {
    @Override
    Database open() {
        try {
            var parent = Files.createDirectories(Path.of("target", "jobs"));
            return Database.open(Files.createTempDirectory(parent, "sqlite-"), new Store("", "", new ApiKey(""), 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
