package pointsman.job.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import pointsman.job.Ids;

/// Who works on jobs, and who has died over it.
///
/// A replica lives while its heartbeat changes. Each watches the others' heartbeats by its own clock that
/// only goes forward: one that stands still for a lease is dead, its name is removed, and what it had
/// taken is free. No time is ever stored or compared between machines, so a clock that jumps expires
/// nothing, however far it jumps. A replica that was only slow finds its name gone, and every write of it
/// that names its old self changes nothing.
public final class Workers {
    private final Database database;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private final Map<String, Sighting> others = new HashMap<>();
    private volatile String self = "";
    private long heartbeat;

    /// @param lease how long a heartbeat may stand still
    /// @param nanoTime a clock in nanoseconds that only goes forward
    Workers(Database database, Duration lease, LongSupplier nanoTime) {
        this.database = database;
        this.lease = lease;
        this.nanoTime = nanoTime;
    }

    /// The name of this replica. It changes when others have taken it for dead.
    public String self() {
        return self;
    }

    /// Shows that this replica lives, and frees what the dead have held.
    ///
    /// @return whether anything came free
    public boolean heartbeat() {
        var shown = database.transact("a heartbeat", () -> {
            heartbeat++;
            var name = shown();
            return new Shown(name, removeTheDead(name));
        });
        self = shown.name();
        return shown.freed();
    }

    /// @param name that this replica is known by, once the transaction has gone through
    /// @param freed whether anything came free
    private record Shown(String name, boolean freed) {}

    private String shown() {
        if (database.sql("update worker set beat = ? where id = ?", heartbeat, self)
                        .update()
                == 1) {
            return self;
        }
        var name = Ids.random();
        database.sql("insert into worker (id, beat) values (?, ?)", name, heartbeat)
                .update();
        return name;
    }

    /// Whether this replica is the one that counts what must be counted once.
    public boolean isFirst() {
        return self.equals(
                database.sql("select min(id) from worker").query(String.class).single());
    }

    private boolean removeTheDead(String name) {
        var seen = database.sql("select id, beat from worker where id <> ?", name)
                .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                .list();
        others.keySet().retainAll(seen.stream().map(Map.Entry::getKey).toList());
        var hasRemoved = false;
        for (var other : seen) {
            hasRemoved |= isDead(other.getKey(), other.getValue()) && remove(other.getKey(), other.getValue());
        }
        return freeOrphans() || hasRemoved;
    }

    private boolean isDead(String id, long itsHeartbeat) {
        var now = nanoTime.getAsLong();
        var sighting = others.get(id);
        if (sighting == null || sighting.heartbeat() != itsHeartbeat) {
            others.put(id, new Sighting(itsHeartbeat, now));
            return false;
        }
        return now - sighting.sinceNanos() >= lease.toNanos();
    }

    private boolean remove(String id, long itsHeartbeat) {
        if (database.sql("delete from worker where id = ? and beat = ?", id, itsHeartbeat)
                        .update()
                == 0) {
            return false;
        }
        others.remove(id);
        return true;
    }

    /// Frees what is held in the name of nobody who lives. That is not only what the dead had when they
    /// were removed: one that was slow takes more in its old name until it finds that name gone, and may
    /// die before it gives it back.
    private boolean freeOrphans() {
        var orphaned = " set owner = null where owner > '' and owner not in (select id from worker)";
        int freed = 0;
        for (var table : List.of("lane", "job")) {
            freed += database.sql("update " + table + orphaned).update();
        }
        return freed > 0;
    }

    /// Gives back everything that this replica holds, when it stops in good order.
    public void leave() {
        database.transact("the end of a replica", () -> {
            database.sql("delete from worker where id = ?", self).update();
            return freeOrphans();
        });
    }

    private record Sighting(long heartbeat, long sinceNanos) {}
}
