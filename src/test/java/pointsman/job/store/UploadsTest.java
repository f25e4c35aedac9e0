package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    @TempDir
    private Path data = Path.of("");

    @Test
    void whatAGatewayThatIsGoneLeftIsSweptAndWhatWasKeptStays() throws IOException {
        try (var uploads = new Uploads(data)) {
            keep(uploads, "job_known");
            leave("gone", "incoming-1.part", "job_known.keeping", "job_unknown.keeping");
            Files.writeString(uploads.path("job_unknown"), "x");

            uploads.sweep("job_known"::equals);

            assertThat(data.resolve("incoming/gone")).doesNotExist();
            assertThat(data.resolve("incoming/gone.lock")).doesNotExist();
            assertThat(uploads.path("job_unknown")).doesNotExist();
            assertThat(uploads.path("job_known")).exists();
        }
    }

    @Test
    void anotherGatewayOfTheSameDirectoryKeepsWhatIsComingIn() throws IOException {
        try (var first = new Uploads(data);
                var second = new Uploads(data)) {
            var coming = first.incoming();

            second.sweep(_ -> false);

            assertThat(coming).exists();
        }
    }

    @Test
    void anotherProcessThatLivesKeepsItsDirectory() throws Exception {
        leave("alive", "incoming-1.part");
        var holder = holding(data.resolve("incoming/alive.lock"));
        try (var uploads = new Uploads(data)) {
            uploads.sweep(_ -> false);

            assertThat(data.resolve("incoming/alive/incoming-1.part")).exists();

            holder.destroyForcibly().waitFor();
            uploads.sweep(_ -> false);

            assertThat(data.resolve("incoming/alive")).doesNotExist();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void whatFormerVersionsLeftGoesOnceNobodyCanBeAtIt() throws IOException {
        try (var uploads = new Uploads(data)) {
            var old = Files.writeString(uploads.path("123.multipart"), "x");
            var young = Files.writeString(uploads.path("incoming-5.part"), "x");
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

            uploads.sweep(_ -> false);

            assertThat(old).doesNotExist();
            assertThat(young).exists();
        }
    }

    @Test
    void whatCannotBeWrittenDownIsNotKept() throws IOException {
        try (var uploads = new Uploads(data)) {
            var arrived = uploads.incoming();

            assertThatThrownBy(() -> uploads.keep(arrived, "job_x", () -> {
                        throw new IllegalStateException("planted");
                    }))
                    .hasMessage("planted");

            assertThat(files(data.resolve("uploads"))).isEmpty();
            assertThat(arrived).doesNotExist();
        }
    }

    @Test
    void whatIsForgottenIsMarkedUntilItIsGone() throws IOException {
        try (var uploads = new Uploads(data)) {
            keep(uploads, "job_x");

            uploads.delete("job_x", () -> assertThat(marks()).hasSize(1));

            assertThat(uploads.path("job_x")).doesNotExist();
            assertThat(marks()).isEmpty();
        }
    }

    @Test
    void whatCannotBeRemovedIsNoTroubleOfARequest() throws IOException {
        try (var uploads = new Uploads(data)) {
            var full = Files.createDirectory(uploads.path("full"));
            Files.writeString(full.resolve("x"), "x");

            uploads.discard(full);

            assertThat(full).exists();
        }
    }

    private List<Path> marks() {
        try (var files = Files.walk(data.resolve("incoming"))) {
            return files.filter(file -> file.toString().endsWith(".keeping")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nobodyElseMayLook() throws IOException {
        try (var uploads = new Uploads(data)) {
            for (var directory : List.of(data.resolve("uploads"), data.resolve("incoming"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                        .isEqualTo("rwx------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(uploads.incoming())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void nothingIsLeftOfAStoreThatIsClosed() throws IOException {
        var uploads = new Uploads(data);
        var _ = uploads.incoming();

        uploads.close();

        assertThat(files(data.resolve("incoming"))).isEmpty();
    }

    private static void keep(Uploads uploads, String id) {
        assertThat(uploads.keep(uploads.incoming(), id, () -> id)).isEqualTo(id);
    }

    private void leave(String name, String... files) throws IOException {
        var directory = Files.createDirectories(data.resolve("incoming").resolve(name));
        Files.writeString(data.resolve("incoming").resolve(name + ".lock"), "");
        for (var file : files) {
            Files.writeString(directory.resolve(file), "x");
        }
    }

    /// Another process, which holds a lock until it is killed.
    private static Process holding(Path lock) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadsTest.class.getName(),
                        lock.toString())
                .start();
        assertThat(process.getInputStream().read()).isEqualTo('!');
        return process;
    }

    /// Locks a file, and says so.
    public static void main(String[] arguments) throws Exception {
        try (var channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            System.out.print("!");
            System.out.flush();
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
