package pointsman.job.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import pointsman.fleet.ApiKey;
import pointsman.job.JobProperties.Store;

/// Needs PostgreSQL's programs (Debian: postgresql); without them it is skipped by name.
class PostgresJobStoreTest extends JobStoreContract {
    private static Optional<PostgresServer> server = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server.isPresent()) {
            server.get().stop();
        }
    }

    @Override
    Database open() {
        try {
            return Database.open(
                    Path.of("target", "jobs"), new Store(server.orElseThrow().url(), "postgres", new ApiKey(""), 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
