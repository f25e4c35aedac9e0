package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.TransactionException;
import pointsman.fleet.ApiKey;
import pointsman.job.JobProperties.Store;

/// A store on SQLite that somebody else holds for longer than one waits for it.
class DatabaseTest {
    private final Path folder;

    @AutoClose
    private final Database database;

    DatabaseTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.database = Database.open(folder, new Store("", "", new ApiKey(""), 1));
    }

    @BeforeEach
    void nobodyWaitsLong() {
        database.sql("pragma busy_timeout = 20").query(Integer.class).single();
    }

    @Test
    void aTransactionThatCouldNotBeginLeavesTheNextOnesWhole() throws SQLException {
        var whileHeld = whileSomebodyHoldsIt(() -> insert("a"));

        assertThat(whileHeld).isInstanceOf(TransactionException.class);
        assertThatThrownBy(() -> database.transact("a setting", () -> {
                    insert("b");
                    throw new IllegalStateException("half way");
                }))
                .hasMessage("half way");
        assertThat(database.transact("a setting", () -> insert("c"))).isEqualTo(1);
        assertThat(database.sql("select name from setting order by name")
                        .query(String.class)
                        .list())
                .contains("c")
                .doesNotContain("a", "b");
    }

    @Test
    void aStoreThatIsBusyMayTakeTheSameLaterAndAConflictIsNoSuchThing() throws SQLException {
        var busy = whileSomebodyHoldsIt(() -> insert("a"));
        insert("a");

        assertThat(Database.mayRecover(busy)).isTrue();
        assertThatThrownBy(() -> database.transact("a setting", () -> insert("a")))
                .isInstanceOfSatisfying(
                        RuntimeException.class,
                        conflict -> assertThat(Database.mayRecover(conflict)).isFalse());
    }

    private int insert(String name) {
        return database.sql("insert into setting (name, value) values (?, '')", name)
                .update();
    }

    /// What a transaction fails with meanwhile.
    private RuntimeException whileSomebodyHoldsIt(Supplier<Integer> work) throws SQLException {
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("jobs.db"));
                var statement = other.createStatement()) {
            statement.execute("begin immediate");
            try {
                database.transact("a setting", work);
                throw new AssertionError("nobody holds the store");
            } catch (RuntimeException e) {
                return e;
            } finally {
                statement.execute("rollback");
            }
        }
    }
}
