package pointsman.table;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Looks at what a Parquet file says of itself before the library believes it.
///
/// The library makes its arrays as long as a header says, so some bytes could claim gigabytes, and where two places
/// say something else about the same thing it goes by one of them. Here every header of every page is read first:
/// sizes lie within the file, counts agree with the rows, and [ParquetPage] looks into the pages whose content can
/// blow up. What is left can be given to the library, with the memory that it will take known.
final class ParquetCheck implements AutoCloseable {
    private static final int MAGIC = 0x31524150;
    private static final int ENDS = 12;
    /// A footer becomes objects, here and in the library.
    private static final int FOOTER_WEIGHT = 64;

    /// Of all row groups together. Each is some objects, here and in the library.
    private static final long MOST_CHUNKS = 1_000_000;

    private static final int DATA_PAGE = 0;
    private static final int DICTIONARY_PAGE = 2;
    private static final int DATA_PAGE_V2 = 3;

    /// What is mapped goes with it, and with that the last hold on a deleted file.
    private final Arena arena = Arena.ofConfined();
    /// The whole of the file, once: a process may have some 65,000 maps, and ends when it wants more.
    private final MemorySegment file;
    private final long size;
    private final LimitCheck limits;
    private final TableMemory.Share memory;

    private ParquetCheck(FileChannel channel, LimitCheck limits, TableMemory.Share memory) throws IOException {
        this.file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        this.size = file.byteSize();
        this.limits = limits;
        this.memory = memory;
    }

    static ParquetCheck open(Path path, LimitCheck limits, TableMemory.Share memory) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new ParquetCheck(channel, limits, memory);
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    /// Holds the file's ends and its footer against the bytes that there are.
    void footer() throws BadTableException {
        if (size < ENDS || bytes(0, Integer.BYTES, "").getInt() != MAGIC) {
            throw new BadTableException("this is no Parquet file: it does not begin with PAR1");
        }
        var end = bytes(size - 2 * Integer.BYTES, 2 * Integer.BYTES, "");
        long length = Integer.toUnsignedLong(end.getInt());
        if (end.getInt() != MAGIC || length > size - ENDS) {
            throw new BadTableException("the Parquet file is cut or damaged: its footer is not at its end");
        }
        struct(size - 2 * Integer.BYTES - length, length, "its footer");
    }

    private ThriftStruct struct(long from, long length, String what) throws BadTableException {
        var content = bytes(from, length, what);
        memory.take(FOOTER_WEIGHT * length);
        var struct = ThriftStruct.read(content, what);
        memory.give(FOOTER_WEIGHT * length);
        return struct;
    }

    /// What the library will take of one column.
    ///
    /// @param pages bytes of decoded pages at a time
    /// @param longest bytes that one of its values may have
    /// @param codec that packs its pages
    record Cost(long pages, long longest, String codec) {}

    /// Holds every page of a file against what the file says of its rows.
    ///
    /// @return by column
    List<Cost> pages(FileMetaData data, List<ColumnSchema> schema) throws IOException {
        if ((long) data.rowGroups().size() * schema.size() > MOST_CHUNKS) {
            throw new BadTableException(
                    "the Parquet file has %,d row groups of %,d columns; together at most %,d may be"
                            .formatted(data.rowGroups().size(), schema.size(), MOST_CHUNKS));
        }
        long rows = 0;
        for (int group = 0; group < data.rowGroups().size(); group++) {
            var row = data.rowGroups().get(group);
            rows += row.numRows();
            if (row.columns().size() != schema.size() || row.numRows() < 0) {
                throw damaged("row group %,d has other columns than the file".formatted(group + 1));
            }
        }
        if (rows != data.numRows()) {
            throw damaged("its row groups have %,d rows, but the file says %,d".formatted(rows, data.numRows()));
        }
        apart(data);
        var costs = new ArrayList<Cost>();
        for (int column = 0; column < schema.size(); column++) {
            costs.add(column(data, column, schema.get(column)));
        }
        return costs;
    }

    /// Bytes that are several chunks at once would be unpacked as often.
    private static void apart(FileMetaData data) throws BadTableException {
        var chunks = data.rowGroups().stream()
                .flatMap(group -> group.columns().stream())
                .filter(chunk -> chunk.metaData() != null)
                .sorted(Comparator.comparingLong(ColumnChunk::chunkStartOffset))
                .toList();
        long end = 0;
        for (var chunk : chunks) {
            if (chunk.chunkStartOffset() < end) {
                throw damaged("two of its columns lie over one another");
            }
            end = chunk.chunkStartOffset() + Math.max(0, chunk.metaData().totalCompressedSize());
        }
    }

    private Cost column(FileMetaData data, int column, ColumnSchema schema) throws IOException {
        var cost = new ColumnCost(schema.typeLength() == null ? 1 : Math.max(1, schema.typeLength()));
        for (int group = 0; group < data.rowGroups().size(); group++) {
            var row = data.rowGroups().get(group);
            var where = "row group %,d, column \"%s\"".formatted(group + 1, schema.name());
            chunk(row.columns().get(column), schema, row.numRows(), where, cost);
        }
        return cost.sum();
    }

    private void chunk(ColumnChunk chunk, ColumnSchema schema, long rows, String where, ColumnCost cost)
            throws IOException {
        var data = chunk.metaData();
        if (data == null || data.type() != schema.type()) {
            throw damaged(where + " has another type than the file says");
        }
        var start = chunk.chunkStartOffset();
        var buffer = bytes(start, data.totalCompressedSize(), where);
        var places = new ArrayList<Long>();
        long values = 0;
        boolean hasDictionary = false;
        while (buffer.hasRemaining()) {
            limits.goOn();
            long place = start + buffer.position();
            var page = page(buffer, schema, data.codec(), where);
            limits.unpacked(page.content());
            page.check(memory, where);
            cost.add(page);
            if (page.kind() == DICTIONARY_PAGE) {
                if (hasDictionary) {
                    throw damaged(where + " has two dictionaries");
                }
                hasDictionary = true;
            } else {
                places.add(place);
                values += page.values();
            }
        }
        boolean isFlat = schema.maxRepetitionLevel() == 0;
        if (values != data.numValues() || (isFlat && values != rows)) {
            throw damaged(
                    "%s: its pages hold %,d values, but %,d rows are said to be there".formatted(where, values, rows));
        }
        index(chunk, places, where);
    }

    private static ParquetPage page(ByteBuffer buffer, ColumnSchema schema, CompressionCodec codec, String where)
            throws BadTableException {
        var header = ThriftStruct.read(buffer, where);
        long packed = header.number(3);
        long unpacked = header.number(2);
        int kind = (int) header.number(1);
        var body = header.struct(
                        switch (kind) {
                            case DATA_PAGE -> 5;
                            case DICTIONARY_PAGE -> 7;
                            case DATA_PAGE_V2 -> 8;
                            default -> -1;
                        })
                .orElseThrow(() -> damaged(where + " has a page of no known kind"));
        long values = body.number(1);
        if (packed < 0 || packed > buffer.remaining() || unpacked < 0 || unpacked > Dictionary.MAX_BYTES) {
            throw damaged(where + " has a page of an impossible size");
        }
        if (values < 0 || values > Integer.MAX_VALUE) {
            throw damaged(where + " has a page of an impossible number of values");
        }
        if (kind == DICTIONARY_PAGE && values * width(schema) > unpacked) {
            throw damaged(where + " has fewer bytes in its dictionary than its values need");
        }
        var bytes = buffer.slice(buffer.position(), (int) packed);
        buffer.position(buffer.position() + (int) packed);
        return new ParquetPage(kind, body, bytes, (int) unpacked, (int) values, codec, schema);
    }

    /// The fewest bytes that a value takes in a dictionary.
    private static int width(ColumnSchema schema) {
        return switch (schema.type()) {
            case BOOLEAN -> 1;
            case INT32, FLOAT, BYTE_ARRAY -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> schema.typeLength() == null ? 1 : Math.max(1, schema.typeLength());
        };
    }

    /// An index leads the library past the headers; it must lead to the same pages.
    private void index(ColumnChunk chunk, List<Long> places, String where) throws BadTableException {
        if (chunk.columnIndexOffset() != null && chunk.columnIndexLength() != null) {
            struct(chunk.columnIndexOffset(), chunk.columnIndexLength(), "an index of " + where);
        }
        if (chunk.offsetIndexOffset() == null || chunk.offsetIndexLength() == null) {
            return;
        }
        var offsets = struct(chunk.offsetIndexOffset(), chunk.offsetIndexLength(), "an index of " + where);
        var listed = offsets.structs(1).stream().map(page -> page.number(1)).toList();
        if (!listed.equals(places)) {
            throw damaged(where + " has an index that leads to other pages than there are");
        }
    }

    private ByteBuffer bytes(long from, long length, String where) throws BadTableException {
        if (from < 0 || length < 0 || length > Integer.MAX_VALUE || from > size - length) {
            throw damaged("%s lies beyond its end".formatted(where));
        }
        return file.asSlice(from, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    static BadTableException damaged(String how) {
        return new BadTableException("the Parquet file is damaged: " + how);
    }

    /// Adds up what the pages of a column take while the library has them in its hands: some at a time, the largest at
    /// the worst.
    private static final class ColumnCost {
        private static final int AT_A_TIME = 12;
        private static final int PER_VALUE = 40;

        private long all;
        private long largest;
        private long longest;
        private String codec = "no pages";

        ColumnCost(int fixedLength) {
            longest = fixedLength;
        }

        void add(ParquetPage page) {
            long decoded = 2L * page.content() + (long) PER_VALUE * page.values();
            all += decoded;
            largest = Math.max(largest, decoded);
            longest = Math.max(longest, page.longest());
            codec = page.codec();
        }

        Cost sum() {
            return new Cost(Math.min(all, AT_A_TIME * largest), longest, codec);
        }
    }
}
