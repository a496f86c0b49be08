package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk on which SQLite cannot make its file of shared memory, as when it is full: a folder stands in its place. */
class UnwritableDiskTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void shouldHaveRowsInTheLogOfACrashedProcess() throws IOException {
        Path original = folder.resolve("original.db");
        file = folder.resolve("fovea.db");
        try (Database database = new SqliteDatabase(original)) {
            database.write(transaction -> transaction.update("CREATE TABLE word (text VARCHAR(20))"));
            database.write(transaction -> transaction.update("INSERT INTO word VALUES ('kept')"));
            // copied while it is open: as a killed process leaves it, with rows that are in the log only
            Files.copy(original, file);
            Files.copy(folder.resolve("original.db-wal"), folder.resolve("fovea.db-wal"));
        }
        assertThat(folder.resolve("fovea.db-wal")).isNotEmptyFile();
        Files.createDirectory(folder.resolve("fovea.db-shm"));
    }

    @Test
    void shouldReadWhatIsStoredFromSeveralThreads() throws InterruptedException {
        try (Database database = new SqliteDatabase(file)) {
            Thread[] threads = new Thread[4];
            long[] found = new long[threads.length];
            for (int i = 0; i < threads.length; i++) {
                int own = i;
                threads[i] = Thread.ofPlatform().start(() -> found[own] = words(database));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(found).containsOnly(1);
        }
    }

    @Test
    void shouldRefuseToWriteAtOnce() {
        try (Database database = new SqliteDatabase(file)) {
            assertThat(words(database)).isEqualTo(1);
            assertThatThrownBy(
                            () -> database.write(transaction -> transaction.update("INSERT INTO word VALUES ('lost')")))
                    .isInstanceOf(FoveaException.class)
                    .hasMessageContaining(file.toString());
            assertThat(words(database)).isEqualTo(1);
        }
    }

    private static long words(Database database) {
        return database.read(transaction -> transaction.number("SELECT count(*) FROM word WHERE text = 'kept'"));
    }
}
