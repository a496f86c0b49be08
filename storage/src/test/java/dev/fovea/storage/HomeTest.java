package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    private Path directory;

    @Test
    void shouldMakeAHomeAndOpenItAgain() {
        Path root = directory.resolve("a/b");
        Home.open(root, "0.1.0").close();
        assertThat(root.resolve("fovea.db")).isRegularFile();
        assertThat(root.resolve("blobs")).isDirectory();
        assertThat(root.resolve("bundles")).isDirectory();
        try (Home again = Home.open(root, "0.1.0")) {
            assertThat(again.models().models()).isEmpty();
            assertThat(again.models().revision()).isZero();
        }
    }

    @Test
    void shouldMigrateOnceWhenOpenedByManyAtOnce() throws Exception {
        Callable<Long> opening = () -> {
            try (Home home = Home.open(directory, "0.1.0")) {
                return home.models().revision();
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Long> opened : threads.invokeAll(List.of(opening, opening, opening, opening))) {
                assertThat(opened.get()).isZero();
            }
        }
    }

    @Test
    void shouldKnowItsNewestMigration() throws IOException {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration"))) {
            int newest = scripts.map(script -> script.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
            assertThat(Schema.VERSION).isEqualTo(newest);
        }
    }

    @Test
    void shouldRefuseAHomeOfANewerVersionNamingBoth() {
        Home.open(directory, "0.1.0").close();
        try (Database database = new Database(directory.resolve("fovea.db"))) {
            database.write(transaction -> transaction.update("UPDATE home SET schema_version = 99, program = '7.3.0'"));
        }
        assertFails(() -> Home.open(directory, "0.1.0").close(), ErrorCode.HOME_TOO_NEW)
                .hasMessageContaining("fovea 7.3.0 (schema 99)")
                .hasMessageContaining("fovea 0.1.0 (schema %d)".formatted(Schema.VERSION));
    }

    @Test
    void shouldRefuseAHomeWhoseModelsAreReadNoMore() {
        Home.open(directory, "0.1.0").close();
        try (Database database = new Database(directory.resolve("fovea.db"))) {
            database.write(
                    transaction -> transaction.update("UPDATE home SET schema_version = 6, program = '0.1.0-early'"));
        }
        assertFails(() -> Home.open(directory, "0.1.0").close(), ErrorCode.HOME_TOO_OLD)
                .hasMessageContaining("0.1.0-early, schema 6")
                .hasMessageContaining("--home");
    }

    @Test
    void shouldSayWhenTheHomeCannotBeADirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertFails(() -> Home.open(file, "0.1.0").close(), ErrorCode.STORAGE_FAILED)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("try again");
    }

    @Test
    void shouldSayWhenTheDatabaseIsNone() throws IOException {
        Files.write(directory.resolve("fovea.db"), new byte[8192]);
        Files.writeString(directory.resolve("fovea.db"), "this is no database, but a text that somebody put here");
        assertFails(() -> Home.open(directory, "0.1.0").close(), ErrorCode.STORAGE_FAILED)
                .hasMessageContaining("not a database");
    }

    @Test
    void shouldClearAwayWhatDeadProcessesLeft() throws IOException {
        Home.open(directory, "0.1.0").close();
        long nobody = IntStream.iterate(4_194_304, pid -> pid - 1)
                .filter(pid -> ProcessHandle.of(pid).isEmpty())
                .findFirst()
                .orElseThrow();
        Path dead = Files.createDirectories(directory.resolve("tmp/" + nobody + "-half/golden"));
        Path alive = Files.createDirectories(
                directory.resolve("tmp/" + ProcessHandle.current().pid() + "-at-work"));
        Home.open(directory, "0.1.0").close();
        assertThat(dead).doesNotExist();
        assertThat(alive).isDirectory();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable work, ErrorCode code) {
        return assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
