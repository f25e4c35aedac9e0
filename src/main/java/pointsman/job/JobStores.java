package pointsman.job;

import java.time.InstantSource;
import java.util.Optional;
import pointsman.tablejob.Judge;

/// Everything that works on the one database.
///
/// @param workers who works on jobs
/// @param judge of trials
/// @param beginning the step from a plan to lanes
public record JobStores(
        JobStore jobs,
        LaneStore lanes,
        StoredFiles files,
        Workers workers,
        Signal doorbell,
        Judge judge,
        JobStart beginning) {
    private static final String SALT = "salt";

    public static JobStores of(JobProperties properties, Database database, Uploads uploads) {
        var clock = InstantSource.system();
        var jobs = new JobStore(database, clock);
        var lanes = new LaneStore(database, clock);
        var workers = new Workers(database, properties.lease(), System::nanoTime);
        var doorbell = new Signal();
        var files = new StoredFiles(database, uploads, properties.limits().files());
        return new JobStores(
                jobs,
                lanes,
                files,
                workers,
                doorbell,
                new Judge(database),
                new JobStart(jobs, lanes, workers, doorbell, salt(database)));
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
