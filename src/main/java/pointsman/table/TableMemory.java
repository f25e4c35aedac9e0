package pointsman.table;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/// The bytes that all tables held at the same time may take together, and those of one tenant among them.
///
/// Whoever reads a table opens a share of it, and asks the share before an array is made: what does not fit is refused
/// while the memory is still there. Closing the share gives all of it back.
public final class TableMemory {
    /// Of one who has the heap for himself, and takes it as far as it goes.
    static final Share UNCOUNTED = new TableMemory(Long.MAX_VALUE).open();

    private final long most;
    private final long mostOfOne;
    private final Map<String, Long> byTenant = new HashMap<>();
    private long free;

    /// @param bytes of all tables together, whoever's they are
    public TableMemory(long bytes) {
        this(bytes, bytes);
    }

    /// @param bytes of all tables together
    /// @param bytesOfOne of those of one tenant
    public TableMemory(long bytes, long bytesOfOne) {
        this.most = bytes;
        this.mostOfOne = bytesOfOne;
        this.free = bytes;
    }

    /// A share with nothing in it yet, of one who is no tenant.
    public Share open() {
        return open("");
    }

    /// A share of a tenant with nothing in it yet.
    public Share open(String tenant) {
        return new Share(tenant);
    }

    /// What all tables take now.
    public synchronized long taken() {
        return most - free;
    }

    /// @return whether there was so much left
    private synchronized boolean take(String tenant, long bytes) {
        if (free < bytes || left(tenant) < bytes) {
            return false;
        }
        free -= bytes;
        byTenant.merge(tenant, bytes, Long::sum);
        return true;
    }

    private synchronized void give(String tenant, long bytes) {
        free += bytes;
        byTenant.computeIfPresent(tenant, (_, held) -> held <= bytes ? null : held - bytes);
    }

    private synchronized long left(String tenant) {
        return Math.min(free, mostOfOne - byTenant.getOrDefault(tenant, 0L));
    }

    /// What one table takes. Several threads may ask.
    public final class Share implements AutoCloseable {
        private final String tenant;
        private long held;
        private boolean isClosed;

        private Share(String tenant) {
            this.tenant = tenant;
        }

        /// Asks for memory.
        ///
        /// @throws UncheckedIOException with a [BadTableException] if the table alone is too much, or with a
        ///     [CrowdedException] if it is so together with others
        public synchronized void take(long bytes) {
            if (most == Long.MAX_VALUE) {
                return;
            }
            if (!isClosed && bytes > mostOfOne - held) {
                throw new UncheckedIOException(new BadTableException(
                        "the table takes more memory than the %,d MiB that tables%s may have together"
                                .formatted(mostOfOne >> 20, mostOfOne < most ? " of one tenant" : "")));
            }
            if (isClosed || !TableMemory.this.take(tenant, bytes)) {
                throw new UncheckedIOException(new CrowdedException(most));
            }
            held += bytes;
        }

        /// Gives back what is no longer held.
        synchronized void give(long bytes) {
            if (most != Long.MAX_VALUE) {
                long given = Math.min(held, bytes);
                held -= given;
                TableMemory.this.give(tenant, given);
            }
        }

        /// How much this share may take at most.
        long most() {
            return mostOfOne;
        }

        /// How much could be taken now.
        long left() {
            return TableMemory.this.left(tenant);
        }

        /// Gives everything back. Whoever still reads is told with the next question.
        @Override
        public synchronized void close() {
            isClosed = true;
            give(held);
        }
    }
}
