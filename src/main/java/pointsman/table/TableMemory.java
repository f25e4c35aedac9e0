package pointsman.table;

import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all tables held at the same time may take together.
///
/// Whoever reads a table opens a share of it, and asks the share before an array is made: what does not fit is refused
/// while the memory is still there. Closing the share gives all of it back.
public final class TableMemory {
    /// Of one who has the heap for himself, and takes it as far as it goes.
    static final Share UNCOUNTED = new TableMemory(Long.MAX_VALUE).open();

    private final long most;
    private final AtomicLong free;

    /// @param bytes of all tables together
    public TableMemory(long bytes) {
        this.most = bytes;
        this.free = new AtomicLong(bytes);
    }

    /// A share with nothing in it yet.
    public Share open() {
        return new Share();
    }

    /// What one table takes. Several threads may ask.
    public final class Share implements AutoCloseable {
        private final AtomicLong held = new AtomicLong();
        private volatile boolean isClosed;

        /// Asks for memory.
        ///
        /// @throws UncheckedIOException with a [BadTableException] if the table alone is too much, or with a
        ///     [CrowdedException] if it is so together with the tables of others
        public void take(long bytes) {
            if (most == Long.MAX_VALUE) {
                return;
            }
            long before = free.getAndUpdate(left -> left >= bytes ? left - bytes : left);
            if (before >= bytes) {
                held.addAndGet(bytes);
                if (isClosed) {
                    close();
                    throw new UncheckedIOException(new CrowdedException(most));
                }
            } else if (held.get() + bytes > most) {
                throw new UncheckedIOException(new BadTableException(
                        "the table takes more memory than the %,d MiB that tables may have together"
                                .formatted(most >> 20)));
            } else {
                throw new UncheckedIOException(new CrowdedException(most));
            }
        }

        /// Gives back what is no longer held.
        void give(long bytes) {
            if (most != Long.MAX_VALUE) {
                long had = held.getAndUpdate(now -> Math.max(0, now - bytes));
                free.addAndGet(Math.min(had, bytes));
            }
        }

        /// How much all tables may take together.
        long most() {
            return most;
        }

        /// How much could be taken now.
        long left() {
            return free.get();
        }

        /// Gives everything back. Whoever still reads is told with the next question.
        @Override
        public void close() {
            isClosed = true;
            free.addAndGet(held.getAndSet(0));
        }
    }
}
