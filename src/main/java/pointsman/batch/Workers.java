package pointsman.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Who works on jobs, and who has died over it.
///
/// A replica lives while its beat changes. Each watches the others' beats by its own clock that only goes
/// forward: one that stands still for a lease is dead, its name is struck out, and what it had taken is free.
/// No time is ever stored or compared between machines, so a clock that jumps expires nothing, however far it
/// jumps. A replica that was only slow finds its name gone, and every write of it that names its old self
/// changes nothing.
final class Workers {
    private final Database database;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private final Map<String, Sighting> others = new HashMap<>();
    private volatile String self = "";
    private long beat;

    /// @param lease how long a beat may stand still
    /// @param nanoTime a clock in nanoseconds that only goes forward
    Workers(Database database, Duration lease, LongSupplier nanoTime) {
        this.database = database;
        this.lease = lease;
        this.nanoTime = nanoTime;
    }

    /// The name of this replica. It changes when others have taken it for dead.
    String self() {
        return self;
    }

    /// Shows that this replica lives, and frees what the dead have held.
    ///
    /// @return whether anything came free
    boolean beat() {
        return database.transact("a beat", () -> {
            beat++;
            if (database.sql("update worker set beat = ? where id = ?", beat, self)
                            .update()
                    == 0) {
                self = Ids.random();
                database.sql("insert into worker (id, beat) values (?, ?)", self, beat)
                        .update();
            }
            return buryTheDead();
        });
    }

    /// Whether this replica is the one that counts what must be counted once.
    boolean isFirst() {
        return self.equals(
                database.sql("select min(id) from worker").query(String.class).single());
    }

    private boolean buryTheDead() {
        var seen = database.sql("select id, beat from worker where id <> ?", self)
                .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                .list();
        others.keySet().retainAll(seen.stream().map(Map.Entry::getKey).toList());
        var freed = false;
        for (var other : seen) {
            freed |= isDead(other.getKey(), other.getValue()) && bury(other.getKey(), other.getValue());
        }
        return freed;
    }

    private boolean isDead(String id, long itsBeat) {
        var now = nanoTime.getAsLong();
        var sighting = others.get(id);
        if (sighting == null || sighting.beat() != itsBeat) {
            others.put(id, new Sighting(itsBeat, now));
            return false;
        }
        return now - sighting.sinceNanos() >= lease.toNanos();
    }

    private boolean bury(String id, long itsBeat) {
        if (database.sql("delete from worker where id = ? and beat = ?", id, itsBeat)
                        .update()
                == 0) {
            return false;
        }
        others.remove(id);
        free(id);
        return true;
    }

    private void free(String id) {
        for (var statement : List.of(
                "update lane set owner = null where owner = ?", "update job set owner = null where owner = ?")) {
            database.sql(statement, id).update();
        }
    }

    /// Gives back everything that this replica holds, when it stops in good order.
    void leave() {
        database.transact("the end of a replica", () -> {
            database.sql("delete from worker where id = ?", self).update();
            free(self);
            return null;
        });
    }

    private record Sighting(long beat, long sinceNanos) {}
}
