package pointsman.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/// The distinct values of a column, numbered in the order of their first coming.
///
/// All bytes lie in one array, one after the other, and an open hash table (linear probing, at most half full)
/// finds a value's number; a slot holds it beside the hash. Hashes are salted per dictionary, so that no table can be
/// written to make them
/// collide; the numbers do not depend on the salt. [#seal] gives back what only the search needs, some 24 bytes
/// a value.
public final class Dictionary {
    /// Java's arrays end here, and with them the bytes of the distinct values of one column.
    static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long salt = ThreadLocalRandom.current().nextLong();
    private final TableMemory.Share memory;
    private byte[] bytes = new byte[256];
    private int[] ends;
    /// By slot: the hash, and the number plus one; 0 where there is none.
    private long[] slots;
    private int size;

    public Dictionary() {
        this(16);
    }

    /// A dictionary that has room for about so many values.
    public Dictionary(int expected) {
        this(expected, TableMemory.UNCOUNTED);
    }

    /// A dictionary that asks for memory before it grows.
    public Dictionary(int expected, TableMemory.Share memory) {
        this.memory = memory;
        int places = Integer.highestOneBit(expected) * 4;
        memory.take(bytes.length + (long) expected * Integer.BYTES + (long) places * Long.BYTES);
        this.ends = new int[expected];
        this.slots = new long[places];
    }

    public int size() {
        return size;
    }

    /// The number of the value that lies in `source[from, to)`; a new one if it was never seen.
    ///
    /// @throws IllegalStateException if the distinct values outgrow [#MAX_BYTES]
    public int code(byte[] source, int from, int to) {
        int hash = hash(source, from, to);
        int slot = slot(hash, source, from, to);
        if (slots[slot] != 0) {
            return (int) slots[slot] - 1;
        }
        slots[slot] = (long) hash << Integer.SIZE | (size + 1);
        return add(source, from, to);
    }

    /// The number of a value, or -1 if it was never seen. Safe for several threads once nothing is added any more.
    public int find(byte[] source, int from, int to) {
        return (int) slots[slot(hash(source, from, to), source, from, to)] - 1;
    }

    /// Where the value is, or where it would be put.
    private int slot(int hash, byte[] source, int from, int to) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0 && !holds(slots[slot], hash, source, from, to)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean holds(long entry, int hash, byte[] source, int from, int to) {
        int code = (int) entry - 1;
        return (int) (entry >>> Integer.SIZE) == hash
                && Arrays.equals(bytes, start(code), ends[code], source, from, to);
    }

    public String text(int code) {
        return new String(bytes, start(code), length(code), UTF_8);
    }

    public int length(int code) {
        return ends[code] - start(code);
    }

    /// Ends the adding of values and frees what only that needs.
    void seal() {
        memory.give((long) slots.length * Long.BYTES);
        slots = new long[0];
        resizeBytes(size == 0 ? 0 : ends[size - 1]);
        resizeEnds(size);
    }

    private int start(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    private int add(byte[] source, int from, int to) {
        int start = size == 0 ? 0 : ends[size - 1];
        makeRoom((long) start + to - from);
        System.arraycopy(source, from, bytes, start, to - from);
        ends[size] = start + to - from;
        size++;
        if (size * 2 > slots.length) {
            growSlots();
        }
        return size - 1;
    }

    private void makeRoom(long needed) {
        if (needed > MAX_BYTES) {
            throw new IllegalStateException(
                    "the distinct values of one column need more than %,d bytes".formatted(MAX_BYTES));
        }
        if (needed > bytes.length) {
            resizeBytes((int) Math.min(MAX_BYTES, Math.max(needed, bytes.length * 2L)));
        }
        if (size == ends.length) {
            resizeEnds(size * 2);
        }
    }

    private void resizeBytes(int wanted) {
        memory.take(wanted);
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, wanted);
        memory.give(before);
    }

    private void resizeEnds(int wanted) {
        memory.take((long) wanted * Integer.BYTES);
        int before = ends.length;
        ends = Arrays.copyOf(ends, wanted);
        memory.give((long) before * Integer.BYTES);
    }

    private void growSlots() {
        var old = slots;
        memory.take(2L * old.length * Long.BYTES);
        slots = new long[old.length * 2];
        for (long entry : old) {
            int slot = (int) (entry >>> Integer.SIZE) & (slots.length - 1);
            while (entry != 0 && slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = entry == 0 ? slots[slot] : entry;
        }
        memory.give((long) old.length * Long.BYTES);
    }

    private int hash(byte[] source, int from, int to) {
        long hash = salt ^ (to - from);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(source, at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = (rest << 8) | (source[at] & 0xff);
        }
        hash = mixed(hash ^ rest);
        return (int) (hash ^ (hash >>> 32));
    }

    private static long mixed(long value) {
        long product = value * MIX;
        return product ^ (product >>> 29);
    }
}
