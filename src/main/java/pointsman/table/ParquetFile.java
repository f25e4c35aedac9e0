package pointsman.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Writes the simplest Parquet file that there is, a row group at a time: one plain, uncompressed page for each
/// column, every column a required UTF-8 string but the first, which is a 32-bit number. The libraries that can write
/// more bring twenty jars.
///
/// What is kept from group to group is where its pages lie, so a file may be larger than the memory.
///
/// The format is Apache Parquet's `parquet.thrift`; its structures stand in the Thrift compact protocol, in
/// which a field is its distance to the field before in the high half of a byte and its type in the low half.
public final class ParquetFile {
    private static final byte[] MAGIC = "PAR1".getBytes(UTF_8);
    private static final int INT32 = 1;
    private static final int BYTE_ARRAY = 6;
    private static final int PLAIN = 0;
    private static final int RLE = 3;

    private final List<String> names;
    private final List<Group> groups = new ArrayList<>();
    private long position = MAGIC.length;

    /// @param names of the columns; the first one holds numbers
    public ParquetFile(List<String> names) {
        this.names = List.copyOf(names);
    }

    /// A row group, and by column where it lies in the file.
    private record Group(int rows, long[] offsets, long[] sizes) {}

    /// The first bytes of the file.
    public byte[] begin() {
        return MAGIC.clone();
    }

    /// The next bytes: a row group.
    ///
    /// @param rows their values as texts
    public byte[] group(List<List<String>> rows) {
        var out = new ByteArrayOutputStream();
        var group = new Group(rows.size(), new long[names.size()], new long[names.size()]);
        for (int column = 0; column < names.size(); column++) {
            long before = out.size();
            writePage(out, values(rows, column), rows.size());
            group.offsets()[column] = position + before;
            group.sizes()[column] = out.size() - before;
        }
        groups.add(group);
        position += out.size();
        return out.toByteArray();
    }

    /// The last bytes.
    public byte[] end() {
        var out = new ByteArrayOutputStream();
        var footer = footer();
        out.writeBytes(footer);
        writeInt(out, footer.length);
        out.writeBytes(MAGIC);
        return out.toByteArray();
    }

    private static byte[] values(List<List<String>> rows, int column) {
        var out = new ByteArrayOutputStream();
        for (var row : rows) {
            if (column == 0) {
                writeInt(out, Integer.parseInt(row.getFirst()));
            } else {
                var bytes = row.get(column).getBytes(UTF_8);
                writeInt(out, bytes.length);
                out.writeBytes(bytes);
            }
        }
        return out.toByteArray();
    }

    /// `PageHeader` with a `DataPageHeader`, then the values. Required columns have no levels.
    private static void writePage(ByteArrayOutputStream out, byte[] values, int rows) {
        new ThriftWriter(out)
                .number(1, 0)
                .number(2, values.length)
                .number(3, values.length)
                .begin(5)
                .number(1, rows)
                .number(2, PLAIN)
                .number(3, RLE)
                .number(4, RLE)
                .end()
                .stop();
        out.writeBytes(values);
    }

    /// `FileMetaData`.
    private byte[] footer() {
        var out = new ByteArrayOutputStream();
        var file = new ThriftWriter(out).number(1, 1).structs(2, names.size() + 1);
        file.element().text(4, "results").number(5, names.size()).stop();
        for (int column = 0; column < names.size(); column++) {
            file.element().number(1, type(column)).number(3, 0).text(4, names.get(column));
            if (column > 0) {
                file.number(6, 0);
            }
            file.stop();
        }
        long rows = groups.stream().mapToLong(Group::rows).sum();
        file.back(2).wide(3, rows).structs(4, groups.size());
        groups.forEach(group -> writeGroup(file, group));
        file.back(4).text(6, "pointsman").stop();
        return out.toByteArray();
    }

    /// `RowGroup`.
    private void writeGroup(ThriftWriter file, Group group) {
        file.element().structs(1, names.size());
        for (int column = 0; column < names.size(); column++) {
            writeChunk(file, names.get(column), column, group.rows(), group.offsets()[column], group.sizes()[column]);
        }
        file.back(1)
                .wide(2, LongStream.of(group.sizes()).sum())
                .wide(3, group.rows())
                .stop();
    }

    /// `ColumnChunk` with its `ColumnMetaData`.
    private static void writeChunk(ThriftWriter file, String name, int column, int rows, long offset, long size) {
        file.element().wide(2, offset).begin(3);
        file.number(1, type(column)).numbers(2, PLAIN).texts(3, name).number(4, 0);
        file.wide(5, rows).wide(6, size).wide(7, size).wide(9, offset).end().stop();
    }

    private static int type(int column) {
        return column == 0 ? INT32 : BYTE_ARRAY;
    }

    private static void writeInt(ByteArrayOutputStream out, int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >>> shift);
        }
    }
}
