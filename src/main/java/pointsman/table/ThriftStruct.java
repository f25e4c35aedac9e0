package pointsman.table;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A struct in Thrift's compact protocol: its numbers, structs and lists of structs by their field ids.
///
/// Nothing is believed: a length must lie within the bytes that there are, a list has at least a byte for each
/// element, and structs do not nest deeply. Texts are passed over. What was read so can be given to a parser that
/// makes its arrays as long as a file says.
record ThriftStruct(Map<Integer, Object> fields) {
    private static final int DEEPEST = 24;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    /// Reads a struct that begins at the buffer's position, which is behind it afterwards.
    ///
    /// @param what it is, for the message
    static ThriftStruct read(ByteBuffer buffer, String what) throws BadTableException {
        try {
            return struct(buffer, 0);
        } catch (BufferUnderflowException | IllegalStateException e) {
            throw new BadTableException("the Parquet file is damaged: %s cannot be read".formatted(what), e);
        }
    }

    /// A number; -1 if there is none.
    long number(int field) {
        return fields.get(field) instanceof Long number ? number : -1;
    }

    Optional<ThriftStruct> struct(int field) {
        return fields.get(field) instanceof ThriftStruct struct ? Optional.of(struct) : Optional.empty();
    }

    List<ThriftStruct> structs(int field) {
        return fields.get(field) instanceof List<?> list
                ? list.stream()
                        .filter(ThriftStruct.class::isInstance)
                        .map(ThriftStruct.class::cast)
                        .toList()
                : List.of();
    }

    private static ThriftStruct struct(ByteBuffer buffer, int depth) {
        require(depth < DEEPEST);
        var fields = new HashMap<Integer, Object>();
        int last = 0;
        for (int head = buffer.get(); head != 0; head = buffer.get()) {
            int delta = (head & 0xF0) >> 4;
            last = delta == 0 ? (short) zigzag(buffer) : (short) (last + delta);
            fields.put(last, value(buffer, head & 0x0F, depth, false));
        }
        return new ThriftStruct(fields);
    }

    /// @param inList where a truth value has a byte of its own
    private static Object value(ByteBuffer buffer, int type, int depth, boolean inList) {
        return switch (type) {
            case TRUE, FALSE -> inList ? (long) buffer.get() : (long) type;
            case BYTE -> (long) buffer.get();
            case I16, I32, I64 -> zigzag(buffer);
            case DOUBLE -> buffer.getLong();
            case BINARY -> skipped(buffer);
            case LIST, SET -> list(buffer, depth);
            case MAP -> map(buffer, depth);
            case STRUCT -> struct(buffer, depth + 1);
            default -> throw new IllegalStateException("no type " + type);
        };
    }

    private static Object skipped(ByteBuffer buffer) {
        long length = varint(buffer);
        require(length >= 0 && length <= buffer.remaining());
        buffer.position(buffer.position() + (int) length);
        return "";
    }

    private static Object list(ByteBuffer buffer, int depth) {
        int head = buffer.get() & 0xFF;
        long size = head >> 4 == 15 ? varint(buffer) : head >> 4;
        require(size >= 0 && size <= buffer.remaining() && depth < DEEPEST);
        var list = new ArrayList<Object>();
        for (long element = 0; element < size; element++) {
            list.add(value(buffer, head & 0x0F, depth + 1, true));
        }
        return list;
    }

    private static Object map(ByteBuffer buffer, int depth) {
        long size = varint(buffer);
        require(size >= 0 && size <= buffer.remaining() && depth < DEEPEST);
        int types = size > 0 ? buffer.get() & 0xFF : 0;
        for (long entry = 0; entry < size; entry++) {
            value(buffer, types >> 4, depth + 1, true);
            value(buffer, types & 0x0F, depth + 1, true);
        }
        return "";
    }

    private static long zigzag(ByteBuffer buffer) {
        long value = varint(buffer);
        return (value >>> 1) ^ -(value & 1);
    }

    static long varint(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = buffer.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a number without an end");
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("a length beyond the end");
        }
    }
}
