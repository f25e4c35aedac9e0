package pointsman.tablejob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pointsman.job.ItemAnswer;
import pointsman.table.ParquetFile;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Results as a Parquet file that is made while it is sent: as many rows in a group as make a few megabytes.
final class ParquetResults {
    private static final long GROUP_BYTES = 2 << 20;
    private static final int GROUP_ROWS = 10_000;

    private final ParquetFile file;
    private final Function<ItemAnswer, List<String>> values;
    private final List<List<String>> rows = new ArrayList<>();
    private long bytes;

    /// @param names of the columns
    /// @param values of a row, as texts
    ParquetResults(List<String> names, Function<ItemAnswer, List<String>> values) {
        this.file = new ParquetFile(names);
        this.values = values;
    }

    /// The bytes of the file, in order.
    Flux<byte[]> of(Flux<List<ItemAnswer>> pages) {
        return Flux.concat(
                Mono.fromSupplier(file::begin),
                pages.concatMapIterable(page -> page, 1).concatMap(answer -> Mono.justOrEmpty(add(answer)), 1),
                Mono.fromSupplier(this::end));
    }

    private Optional<byte[]> add(ItemAnswer answer) {
        var row = values.apply(answer);
        rows.add(row);
        bytes += row.stream().mapToLong(String::length).sum();
        return bytes >= GROUP_BYTES || rows.size() >= GROUP_ROWS ? Optional.of(group()) : Optional.empty();
    }

    private byte[] group() {
        var group = file.group(rows);
        rows.clear();
        bytes = 0;
        return group;
    }

    private byte[] end() {
        var last = rows.isEmpty() ? new byte[0] : group();
        var end = file.end();
        var both = Arrays.copyOf(last, last.length + end.length);
        System.arraycopy(end, 0, both, last.length, end.length);
        return both;
    }
}
