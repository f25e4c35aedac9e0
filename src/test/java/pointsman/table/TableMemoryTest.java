package pointsman.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TableMemoryTest {
    private static final long MEGABYTE = 1 << 20;

    private final TableMemory memory = new TableMemory(MEGABYTE);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsTooMuchByItselfIsABadTable() {
        try (var share = memory.open()) {
            share.take(MEGABYTE);

            assertThatThrownBy(() -> share.take(1)).hasCauseInstanceOf(BadTableException.class);
        }
    }

    @Test
    void whatIsTooMuchBesideOthersIsOnlyCrowded() {
        try (var first = memory.open();
                var second = memory.open()) {
            first.take(MEGABYTE / 2 + 1);

            assertThatThrownBy(() -> second.take(MEGABYTE / 2)).hasCauseInstanceOf(CrowdedException.class);
        }
    }

    @Test
    void oneTenantLeavesRoomForOthers() {
        var shared = new TableMemory(10 * MEGABYTE, 6 * MEGABYTE);
        try (var first = shared.open("one");
                var second = shared.open("one");
                var other = shared.open("other")) {
            first.take(5 * MEGABYTE);

            assertThatThrownBy(() -> first.take(2 * MEGABYTE))
                    .hasCauseInstanceOf(BadTableException.class)
                    .hasMessageContaining("of one tenant");
            assertThatThrownBy(() -> second.take(2 * MEGABYTE)).hasCauseInstanceOf(CrowdedException.class);
            other.take(5 * MEGABYTE);
            assertThat(second.left()).isZero();
            first.give(5 * MEGABYTE);
            second.take(5 * MEGABYTE);
        }
    }

    @Test
    void aClosedShareGivesEverythingBackOnce() {
        var share = memory.open();
        share.take(MEGABYTE);
        share.close();
        share.give(MEGABYTE);
        share.close();

        assertThat(memory.open().left()).isEqualTo(MEGABYTE);
    }

    @Test
    void whoeverReadsOnAfterTheEndIsTold() {
        var share = memory.open();
        share.close();

        assertThatThrownBy(() -> share.take(1)).hasCauseInstanceOf(CrowdedException.class);
        assertThat(share.left()).isEqualTo(MEGABYTE);
    }

    @Test
    void aSmallFileThatBecomesMuchIsRefusedBeforeItTakesTheMemory() throws IOException {
        var distinct = new StringBuilder("a\n");
        for (int row = 0; row < 40_000; row++) {
            distinct.append(row).append("x".repeat(40)).append('\n');
        }

        try (var share = memory.open()) {
            assertThatThrownBy(() -> read(zipped("t.csv.gz", distinct.toString()), share))
                    .isInstanceOf(BadTableException.class)
                    .hasMessageContaining("memory");
        }
        assertThat(memory.open().left()).isEqualTo(MEGABYTE);
    }

    @Test
    void aTableTakesWhatItHoldsAndNotMoreOnceItIsRead() throws IOException {
        try (var share = memory.open()) {
            var table = read(Files.writeString(folder.resolve("t.csv"), "a,b\n" + "1,2\n".repeat(10_000)), share);

            assertThat(table.rows()).isEqualTo(10_000);
            assertThat(MEGABYTE - share.left()).isBetween(2L * 4 * 10_000, 2L * 4 * 10_000 + 1_000);
        }
    }

    @Test
    void bytesAreCountedAsTheyAreUnpacked() throws IOException {
        var file = zipped("t.jsonl.gz", ("{\"a\": 1}" + " ".repeat(100_000) + "\n").repeat(30));

        assertThatThrownBy(() -> new TableReader(new TableLimits(100, 10, 1 << 20, 1 << 20, 1 << 20)).read(file))
                .hasMessageContaining("unpacks to more than 1,048,576 bytes");
    }

    @Test
    void linesWithoutARowAreCountedToo() throws IOException {
        for (var name : new String[] {"t.csv.gz", "t.jsonl.gz"}) {
            var file = zipped(name, "a,b\n".substring(name.contains("csv") ? 0 : 4) + "\n".repeat(20));

            assertThatThrownBy(() -> new TableReader(new TableLimits(10, 10, 1 << 20, 1 << 20)).read(file))
                    .hasMessage("the file has 11 blank lines or more; the limit is 10");
        }
    }

    private static Table read(Path file, TableMemory.Share share) throws IOException {
        return new TableReader(TableLimits.DEFAULT).read(file, TableFormat.of(file), share);
    }

    private Path zipped(String name, String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve(name), out.toByteArray());
    }
}
