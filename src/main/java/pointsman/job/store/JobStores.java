package pointsman.job.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import pointsman.job.Ids;
import pointsman.job.RequestProperties;

/// Everything that works on the one database.
///
/// @param uploads tables and files, beside it
/// @param workers who works on jobs
/// @param signal that there may be something to do
/// @param salt a secret of this store, which keeps tenants' prompt caches apart
public record JobStores(
        Database database,
        JobStore jobs,
        LaneStore lanes,
        StoredFiles files,
        Uploads uploads,
        Workers workers,
        Signal signal,
        String salt) {
    private static final String SALT = "salt";

    /// What works on this database.
    ///
    /// @param lease after how much silence a worker is taken for dead
    /// @param limits of what a tenant may have
    public static JobStores of(Database database, Uploads uploads, Duration lease, RequestProperties limits) {
        var clock = InstantSource.system();
        var jobs = new JobStore(database, clock, limits.jobs());
        var lanes = new LaneStore(database, clock);
        var workers = new Workers(database, lease, System::nanoTime);
        var signal = new Signal();
        var files = new StoredFiles(database, uploads, limits.files());
        return new JobStores(database, jobs, lanes, files, uploads, workers, signal, salt(database));
    }

    /// The secret of this store, made once.
    private static String salt(Database database) {
        return database.transact("the store's secret", () -> {
            Optional<String> known = database.sql("select value from setting where name = ?", SALT)
                    .query(String.class)
                    .optional();
            return known.orElseGet(() -> {
                var made = Ids.random();
                database.sql("insert into setting (name, value) values (?, ?) on conflict do nothing", SALT, made)
                        .update();
                return database.sql("select value from setting where name = ?", SALT)
                        .query(String.class)
                        .single();
            });
        });
    }
}
