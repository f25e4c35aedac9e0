package pointsman.job.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.job.JobProperties.Store;

/// Where jobs are kept: an SQLite file in the data directory, or PostgreSQL. Both run the same
/// statements.
///
/// A transaction that has returned is on the disk: SQLite writes its log ahead and syncs it with every
/// commit, PostgreSQL does by default. SQLite has one writer, so it gets one connection, and nobody waits
/// inside native code.
public final class Database implements AutoCloseable {
    private static final Set<SQLiteErrorCode> DISK = Set.of(
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_IOERR_FSYNC,
            SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC,
            SQLiteErrorCode.SQLITE_IOERR_TRUNCATE,
            SQLiteErrorCode.SQLITE_IOERR_SHMSIZE,
            SQLiteErrorCode.SQLITE_IOERR_WRITE);
    private static final Set<String> DISK_STATES = Set.of("53100", "58030");
    private static final int BUSY_MILLIS = 10_000;
    private static final int PRIMARY_CODE = 0xFF;

    private final HikariDataSource source;
    private final JdbcClient client;
    private final TransactionTemplate transactions;

    private Database(HikariConfig config) {
        source = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/jobs")
                .load()
                .migrate();
        client = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /// Opens the store and brings its schema up to date.
    public static Database open(Path directory, Store store) throws IOException {
        Files.createDirectories(directory);
        var config = store.jdbcUrl().isEmpty() ? sqlite(directory.resolve("jobs.db")) : server(store);
        config.setPoolName("jobs");
        return new Database(config);
    }

    private static HikariConfig sqlite(Path file) {
        var sqlite = new SQLiteConfig();
        sqlite.setJournalMode(JournalMode.WAL);
        sqlite.setSynchronous(SynchronousMode.FULL);
        sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
        sqlite.setBusyTimeout(BUSY_MILLIS);
        sqlite.enforceForeignKeys(true);
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.setDataSourceProperties(sqlite.toProperties());
        config.setMaximumPoolSize(1);
        config.setExceptionOverride(new BrokenConnections());
        return config;
    }

    /// A connection that could not begin a transaction (the store was busy for too long, or could not be
    /// read) takes itself to be in one all the same. Whatever is done on it from then on is stored
    /// statement by statement and cannot be rolled back, so it is not used again.
    private static final class BrokenConnections implements SQLExceptionOverride {
        private static final Set<SQLiteErrorCode> BREAKING = Set.of(
                SQLiteErrorCode.SQLITE_BUSY,
                SQLiteErrorCode.SQLITE_LOCKED,
                SQLiteErrorCode.SQLITE_IOERR,
                SQLiteErrorCode.SQLITE_CANTOPEN,
                SQLiteErrorCode.SQLITE_PROTOCOL,
                SQLiteErrorCode.SQLITE_INTERRUPT,
                SQLiteErrorCode.SQLITE_NOMEM);

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException error) {
            return error instanceof SQLiteException sqlite && BREAKING.contains(primary(sqlite))
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    private static SQLiteErrorCode primary(SQLiteException error) {
        return SQLiteErrorCode.getErrorCode(error.getResultCode().code & PRIMARY_CODE);
    }

    private static HikariConfig server(Store store) {
        var config = new HikariConfig();
        config.setJdbcUrl(store.jdbcUrl());
        config.setUsername(store.username());
        config.setPassword(store.password().value());
        config.setMaximumPoolSize(store.connections());
        return config;
    }

    /// A statement of its own. Inside [#transact] it belongs to the transaction.
    public JdbcClient.StatementSpec sql(String statement, Object... parameters) {
        return client.sql(statement).params(parameters);
    }

    /// Runs the work as one transaction.
    ///
    /// @throws pointsman.failure.FailureException a [Failure.StorageFull] if the disk takes nothing more
    public <T> T transact(String what, Supplier<T> work) {
        try {
            return transactions.execute(_ -> work.get());
        } catch (DataAccessException | TransactionException e) {
            throw isDisk(e) ? new Failure.StorageFull(what).asException() : e;
        }
    }

    /// Whether the same may work later: the disk is full, the store is away or busy. What does not fit
    /// into the store never will.
    public static boolean mayRecover(RuntimeException error) {
        return switch (error) {
            case FailureException known -> known.failure() instanceof Failure.StorageFull;
            case TransactionException _ -> true;
            case DataIntegrityViolationException _, InvalidDataAccessResourceUsageException _ -> false;
            case DataAccessException data -> !isConstraint(data);
            default -> false;
        };
    }

    /// SQLite has no states by which a conflict would be told from other failures.
    private static boolean isConstraint(DataAccessException error) {
        return NestedExceptionUtils.getMostSpecificCause(error) instanceof SQLiteException sqlite
                && primary(sqlite) == SQLiteErrorCode.SQLITE_CONSTRAINT;
    }

    /// Whether it was the disk, and not the statement, that failed. SQLite has rolled back by itself
    /// then, so the second rollback fails too, and hides why there was one.
    private static boolean isDisk(Throwable error) {
        var first = error instanceof TransactionSystemException late ? late.getOriginalException() : error;
        return switch (NestedExceptionUtils.getMostSpecificCause(first == null ? error : first)) {
            case SQLiteException sqlite -> DISK.contains(sqlite.getResultCode());
            case SQLException server -> DISK_STATES.contains(server.getSQLState());
            default -> false;
        };
    }

    @Override
    public void close() {
        source.close();
    }
}
