package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pointsman.job.ItemAnswer;
import pointsman.table.Table;
import pointsman.table.TableFormat;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import reactor.core.publisher.Flux;

class ParquetResultsTest {
    private static final int ROWS = 3_000;
    private static final String LONG = "x".repeat(4_000);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void manyRowGroupsAreOneTable() throws IOException {
        var table = read(bytes(results().of(pages(new AtomicInteger()))));

        assertThat(table.rows()).isEqualTo(ROWS);
        assertThat(table.cell(ROWS - 1, 0)).isEqualTo(Integer.toString(ROWS - 1));
        assertThat(table.cell(ROWS - 1, 1)).isEqualTo("\"%d %s\"".formatted(ROWS - 1, LONG));
    }

    @Test
    void nothingIsAlsoAFile() throws IOException {
        assertThat(read(bytes(results().of(Flux.empty()))).rows()).isZero();
    }

    @Test
    void noMoreIsReadThanIsWanted() {
        var read = new AtomicInteger();
        var largest = new AtomicLong();

        results()
                .of(pages(read))
                .take(2)
                .doOnNext(piece -> largest.accumulateAndGet(piece.length, Math::max))
                .blockLast();

        assertThat(read.get()).isLessThan(ROWS / 2);
        assertThat(largest.get()).isBetween(1L << 20, 4L << 20);
    }

    private static ParquetResults results() {
        return new ParquetResults(
                List.of("row", "answer"), answer -> List.of(Integer.toString(answer.item()), answer.body()));
    }

    private static Flux<List<ItemAnswer>> pages(AtomicInteger read) {
        return Flux.range(0, ROWS / 100)
                .map(page -> IntStream.range(page * 100, page * 100 + 100)
                        .peek(_ -> read.incrementAndGet())
                        .mapToObj(row -> new ItemAnswer(row, 200, "%d %s".formatted(row, LONG)))
                        .toList());
    }

    private static byte[] bytes(Flux<byte[]> pieces) {
        var out = new ByteArrayOutputStream();
        pieces.toIterable(1).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private Table read(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("r.parquet"), bytes);
        return new TableReader(TableLimits.DEFAULT).read(file, new TableFormat.Parquet());
    }
}
