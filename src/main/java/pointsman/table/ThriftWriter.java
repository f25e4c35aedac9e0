package pointsman.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// Writes structures in the Thrift compact protocol, as far as Parquet needs it: a field is its distance to the field
/// before in the high half of a byte and its type in the low half.
final class ThriftWriter {
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    private final ByteArrayOutputStream out;
    private int last;
    private int outer;

    ThriftWriter(ByteArrayOutputStream out) {
        this.out = out;
    }

    ThriftWriter number(int field, long value) {
        return head(field, I32).zigzag(value);
    }

    ThriftWriter wide(int field, long value) {
        return head(field, I64).zigzag(value);
    }

    ThriftWriter text(int field, String value) {
        return head(field, BINARY).bytes(value);
    }

    ThriftWriter numbers(int field, int only) {
        head(field, LIST).out.write(1 << 4 | I32);
        return zigzag(only);
    }

    ThriftWriter texts(int field, String only) {
        head(field, LIST).out.write(1 << 4 | BINARY);
        return bytes(only);
    }

    /// Begins a list of structs; each follows after [#element].
    ThriftWriter structs(int field, int size) {
        head(field, LIST);
        if (size < 15) {
            out.write(size << 4 | STRUCT);
        } else {
            out.write(0xF0 | STRUCT);
            varint(size);
        }
        return this;
    }

    /// The next struct of a list begins.
    ThriftWriter element() {
        last = 0;
        return this;
    }

    /// A list has ended, and the struct goes on after its field of this number.
    ThriftWriter back(int field) {
        last = field;
        return this;
    }

    ThriftWriter begin(int field) {
        head(field, STRUCT);
        outer = field;
        last = 0;
        return this;
    }

    ThriftWriter end() {
        out.write(0);
        last = outer;
        return this;
    }

    ThriftWriter stop() {
        out.write(0);
        return this;
    }

    private ThriftWriter head(int field, int type) {
        out.write((field - last) << 4 | type);
        last = field;
        return this;
    }

    private ThriftWriter bytes(String value) {
        var bytes = value.getBytes(UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    private ThriftWriter zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
        return this;
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
