package pointsman.testing;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/// Which real clients were let loose on the gateway, and how many of their checks passed: printed at the end of the
/// test run, and written to `target/clients.md`.
public final class ClientTable {
    private static final Path FILE = Path.of(System.getProperty("project.basedir", "."), "target", "clients.md");
    private static final Map<String, Row> ROWS = new ConcurrentHashMap<>();

    private ClientTable() {}

    /// Adds the checks of one run to what is known of a client.
    public static void add(String client, String version, int passed, int checks) {
        ROWS.merge(client, new Row(client, version, passed, checks), Row::plus);
    }

    /// Counts the tests of a class for the client that it tries. Its version is the property of the build.
    public static TestWatcher counting(String client, String versionProperty) {
        return new TestWatcher() {
            @Override
            public void testSuccessful(ExtensionContext context) {
                add(client, System.getProperty(versionProperty, "?"), 1, 1);
            }

            @Override
            public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
                add(client, System.getProperty(versionProperty, "?"), 0, 1);
            }
        };
    }

    private static String text() {
        return ROWS.values().stream()
                .sorted(comparing(Row::client))
                .map(Row::line)
                .collect(Collectors.joining("", "| client | version | passed |\n|---|---|---|\n", ""));
    }

    private record Row(String client, String version, int passed, int checks) {
        Row plus(Row other) {
            return new Row(client, version, passed + other.passed, checks + other.checks);
        }

        String line() {
            return "| %s | %s | %d of %d |%n".formatted(client, version, passed, checks);
        }
    }

    /// Prints the table when all tests have run.
    public static final class Printer implements TestExecutionListener {
        @Override
        public void testPlanExecutionFinished(TestPlan plan) {
            if (!ROWS.isEmpty()) {
                System.out.printf("%nReal clients against the gateway%n%s%n", text());
                try {
                    Files.createDirectories(FILE.getParent());
                    Files.writeString(FILE, text());
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        }
    }
}
