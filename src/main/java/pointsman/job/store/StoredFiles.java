package pointsman.job.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import pointsman.job.Refusals;

/// Files: their names in the database, their bytes in the uploads.
public final class StoredFiles {
    private static final String COLUMNS = "id, tenant, purpose, name, bytes, created_at";

    private final Database database;
    private final Uploads uploads;
    private final int mostFiles;

    /// @param mostFiles that one tenant may keep
    StoredFiles(Database database, Uploads uploads, int mostFiles) {
        this.database = database;
        this.uploads = uploads;
        this.mostFiles = mostFiles;
    }

    /// Keeps what has come in. When this returns, it is on the disk. A file of the same id is replaced.
    ///
    /// @throws pointsman.failure.FailureException if there is no place for it
    public StoredFile keep(String id, String tenant, String purpose, String name, Path incoming) throws IOException {
        var count = database.sql("select count(*) from stored_file where tenant = ? and purpose = 'batch'", tenant)
                .query(Integer.class)
                .single();
        if (purpose.equals("batch") && count >= mostFiles) {
            throw Refusals.conflict(
                    "too_many_files",
                    "Tenant '%s' keeps %d files, which is the limit; delete some.".formatted(tenant, count));
        }
        var file = new StoredFile(
                id, tenant, purpose, name, Files.size(incoming), Instant.now().getEpochSecond());
        return uploads.keep(incoming, id, () -> named(file));
    }

    private StoredFile named(StoredFile file) {
        database.transact("the file", () -> {
            database.sql("delete from stored_file where id = ?", file.id()).update();
            return database.sql(
                            "insert into stored_file (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?)",
                            file.id(),
                            file.tenant(),
                            file.purpose(),
                            file.name(),
                            file.bytes(),
                            file.createdAt())
                    .update();
        });
        return file;
    }

    /// A tenant's file.
    ///
    /// @throws pointsman.failure.FailureException a 404, also if it is another tenant's
    public StoredFile find(String tenant, String id) {
        return look(tenant, id).orElseThrow(() -> Refusals.noSuch("file", id));
    }

    /// Whether there is a file of this id, whoever's it is.
    public boolean isKnown(String id) {
        return database.sql("select count(*) from stored_file where id = ?", id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    public Optional<StoredFile> look(String tenant, String id) {
        Refusals.requirePossible("file", id);
        return database.sql("select " + COLUMNS + " from stored_file where id = ? and tenant = ?", id, tenant)
                .query(StoredFiles::file)
                .optional();
    }

    /// A tenant's files, the newest first.
    public List<StoredFile> list(String tenant, String after, int limit) {
        var from = after.isEmpty() ? Long.MAX_VALUE : find(tenant, after).createdAt();
        return database.sql(
                        "select " + COLUMNS + " from stored_file where tenant = ?"
                                + " and (created_at < ? or (created_at = ? and id < ?)) order by created_at desc, id desc limit ?",
                        tenant,
                        from,
                        from,
                        after,
                        limit)
                .query(StoredFiles::file)
                .list();
    }

    public Path path(StoredFile file) {
        return uploads.path(file.id());
    }

    public void delete(StoredFile file) {
        uploads.delete(
                file.id(),
                () -> database.transact(
                        "a deletion",
                        () -> database.sql("delete from stored_file where id = ?", file.id())
                                .update()));
    }

    private static StoredFile file(ResultSet row, int number) throws SQLException {
        return new StoredFile(
                row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5), row.getLong(6));
    }
}
