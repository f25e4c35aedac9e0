package pointsman.table;

import com.github.luben.zstd.Zstd;
import dev.hardwood.internal.encoding.DeltaBinaryPackedDecoder;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.ColumnSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/// A page of a Parquet file, as its header describes it.
///
/// Numbers are decoded into what their header says, and the library looks whether the bytes are enough. Looked into
/// before is where it does not: Snappy's own length, over which native code would write; gzip's checksum, which nobody
/// else looks at; texts, whose lengths say how many go into a batch; and delta encodings, whose content says how much
/// becomes of it.
final class ParquetPage {
    private static final int DATA_PAGE = 0;
    private static final int DICTIONARY_PAGE = 2;
    private static final int DATA_PAGE_V2 = 3;
    private static final int PLAIN = 0;
    private static final int DELTA_BINARY_PACKED = 5;
    private static final int DELTA_BYTE_ARRAY = 7;
    private static final int MOST_MINIBLOCKS = 4096;

    private final int kind;
    private final ThriftStruct header;
    private final ByteBuffer packed;
    private final int unpacked;
    private final int values;
    private final CompressionCodec codec;
    private final ColumnSchema schema;
    private long content;
    private long longest;

    ParquetPage(
            int kind,
            ThriftStruct header,
            ByteBuffer packed,
            int unpacked,
            int values,
            CompressionCodec codec,
            ColumnSchema schema) {
        this.kind = kind;
        this.header = header;
        this.packed = packed;
        this.unpacked = unpacked;
        this.values = values;
        this.codec = codec;
        this.schema = schema;
        this.content = unpacked;
        this.longest = isText() ? unpacked : Long.BYTES;
    }

    private boolean isText() {
        return schema.type() == PhysicalType.BYTE_ARRAY;
    }

    int kind() {
        return kind;
    }

    int values() {
        return values;
    }

    String codec() {
        return codec.name();
    }

    /// The bytes of all its values, decoded.
    long content() {
        return content;
    }

    /// The bytes of the longest of them.
    long longest() {
        return longest;
    }

    void check(TableMemory.Share memory, String where) throws BadTableException {
        int levels = kind == DATA_PAGE_V2 ? levels(where) : 0;
        var body = packed.slice(levels, packed.remaining() - levels);
        int size = unpacked - levels;
        boolean isPacked = codec != CompressionCodec.UNCOMPRESSED && header.number(7) != 2 && body.hasRemaining();
        if (!isPacked && body.remaining() != size) {
            throw ParquetCheck.damaged(where + " has a page whose two sizes differ, though it is not packed");
        }
        if (isPacked && codec == CompressionCodec.SNAPPY && ThriftStruct.varint(body.duplicate()) != size) {
            throw ParquetCheck.damaged(where + " has a page that unpacks to another size than it says");
        }
        int encoding = kind == DICTIONARY_PAGE ? PLAIN : (int) header.number(kind == DATA_PAGE_V2 ? 4 : 2);
        if (isDelta(encoding) || (isText() && encoding == PLAIN) || (isPacked && codec == CompressionCodec.GZIP)) {
            memory.take(2L * size);
            look(isPacked ? unpacked(body, size) : bytes(body), size, encoding, where);
            memory.give(2L * size);
        } else if (isText()) {
            longest = 1;
        }
    }

    // a buffer and a decoder throw what they like over damaged bytes
    private void look(byte @Nullable [] data, int size, int encoding, String where) throws BadTableException {
        if (data == null || data.length != size) {
            throw ParquetCheck.damaged("%s has a page that cannot be unpacked (%s)".formatted(where, codec));
        }
        try {
            if (isDelta(encoding)) {
                delta(data, encoding);
            } else if (isText() && encoding == PLAIN) {
                longest = longest(data);
            }
        } catch (IOException | RuntimeException e) {
            throw new BadTableException(
                    "the Parquet file is damaged: %s has values that cannot be decoded".formatted(where), e);
        }
    }

    private static boolean isDelta(int encoding) {
        return encoding >= DELTA_BINARY_PACKED && encoding <= DELTA_BYTE_ARRAY;
    }

    /// The longest of texts, each of which stands behind its length.
    private long longest(byte[] data) {
        var buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(kind == DATA_PAGE ? behindLevels(data) : 0);
        int most = 1;
        while (buffer.remaining() >= Integer.BYTES) {
            int length = buffer.getInt();
            buffer.position(buffer.position() + length);
            most = Math.max(most, length);
        }
        return most;
    }

    /// The bytes of the levels in a page of the second version, which are never packed.
    private int levels(String where) throws BadTableException {
        long repetition = header.number(6);
        long definition = header.number(5);
        if (repetition < 0 || definition < 0 || repetition + definition > Math.min(unpacked, packed.remaining())) {
            throw ParquetCheck.damaged(where + " has a page with levels beyond its end");
        }
        return (int) (repetition + definition);
    }

    // native code and the JDK's throw what they like over damaged bytes
    private byte @Nullable [] unpacked(ByteBuffer body, int size) {
        try {
            return switch (codec) {
                case SNAPPY -> Snappy.uncompress(bytes(body));
                case ZSTD -> zstd(bytes(body), size);
                case GZIP -> gzip(bytes(body), size);
                default -> null;
            };
        } catch (IOException | RuntimeException _) {
            return null;
        }
    }

    private static byte @Nullable [] zstd(byte[] body, int size) {
        var data = new byte[size];
        return Zstd.decompress(data, body) == size ? data : null;
    }

    /// Reads one byte more than there should be, and with it the checksum at the end.
    private static byte[] gzip(byte[] body, int size) throws IOException {
        try (var input = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var data = input.readNBytes(size);
            return input.read() < 0 ? data : Arrays.copyOf(data, size + 1);
        }
    }

    private static byte[] bytes(ByteBuffer body) {
        var bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    private void delta(byte[] data, int encoding) throws IOException {
        int from = kind == DATA_PAGE ? behindLevels(data) : 0;
        int count = deltaHeader(data, from);
        if (encoding == DELTA_BYTE_ARRAY) {
            readPrefixed(data, from, count);
        }
    }

    private int behindLevels(byte[] data) {
        var buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        for (int level : new int[] {schema.maxRepetitionLevel(), schema.maxDefinitionLevel()}) {
            if (level > 0) {
                int length = buffer.getInt();
                buffer.position(buffer.position() + length);
            }
        }
        return buffer.position();
    }

    /// How many numbers follow.
    private int deltaHeader(byte[] data, int from) {
        var buffer = ByteBuffer.wrap(data);
        buffer.position(from);
        long block = ThriftStruct.varint(buffer);
        long miniblocks = ThriftStruct.varint(buffer);
        long count = ThriftStruct.varint(buffer);
        if (block < 1
                || block > Integer.MAX_VALUE / Long.SIZE
                || miniblocks < 1
                || miniblocks > MOST_MINIBLOCKS
                || count < 0
                || count > values) {
            throw new IllegalStateException("no header of a delta encoding");
        }
        return (int) count;
    }

    /// The bytes of values each of which repeats the beginning of the one before: few bytes may stand for very many.
    private void readPrefixed(byte[] data, int from, int count) throws IOException {
        var prefixes = new DeltaBinaryPackedDecoder(data, from);
        var shared = new int[count];
        for (int value = 0; value < count; value++) {
            shared[value] = prefixes.readInt();
        }
        int behind = prefixes.getPos();
        var suffixes = new DeltaBinaryPackedDecoder(data, behind);
        if (count == 0 || deltaHeader(data, behind) != count) {
            return;
        }
        long all = 0;
        longest = 1;
        long before = 0;
        for (int prefix : shared) {
            int suffix = suffixes.readInt();
            if (prefix < 0 || prefix > before || suffix < 0 || suffix > data.length) {
                throw new IllegalStateException("a value that begins with more than the one before has");
            }
            before = (long) prefix + suffix;
            all += before;
            longest = Math.max(longest, before);
        }
        content = Math.max(all, unpacked);
    }
}
