package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.sql.Schema;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class HomeTest {

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;

    @BeforeEach
    void choose() {
        settings = pair.in(directory.resolve("a/b"));
    }

    @Test
    void shouldMakeAHomeAndOpenItAgain() {
        Home.open(settings, "0.1.0").close();
        boolean local = pair == Pair.SQLITE_AND_DIRECTORY;
        assertThat(Files.isRegularFile(settings.root().resolve("fovea.db"))).isEqualTo(local);
        assertThat(Files.isDirectory(settings.root().resolve("blobs"))).isEqualTo(local);
        assertThat(Files.isDirectory(settings.root().resolve("bundles"))).isEqualTo(local);
        try (Home again = Home.open(settings, "0.1.0")) {
            assertThat(again.models().models()).isEmpty();
            assertThat(again.models().revision()).isZero();
        }
    }

    @Test
    void shouldMigrateOnceWhenOpenedByManyAtOnce() throws Exception {
        Callable<Long> opening = () -> {
            try (Home home = Home.open(settings, "0.1.0")) {
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
        Home.open(settings, "0.1.0").close();
        try (HomeStores stores = HomeStores.open(settings, new DurableFiles())) {
            stores.database()
                    .write(transaction -> transaction.update("UPDATE home SET schema_version = 99, program = '7.3.0'"));
        }
        assertFails(() -> Home.open(settings, "0.1.0").close(), ErrorCode.HOME_TOO_NEW)
                .hasMessageContaining("fovea 7.3.0 (schema 99)")
                .hasMessageContaining("fovea 0.1.0 (schema %d)".formatted(Schema.VERSION));
    }

    @Test
    void shouldRefuseAHomeWhoseModelsAreReadNoMore() {
        Home.open(settings, "0.1.0").close();
        try (HomeStores stores = HomeStores.open(settings, new DurableFiles())) {
            stores.database()
                    .write(transaction ->
                            transaction.update("UPDATE home SET schema_version = 6, program = '0.1.0-early'"));
        }
        assertFails(() -> Home.open(settings, "0.1.0").close(), ErrorCode.HOME_TOO_OLD)
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
    void shouldReportFileThatIsNoDatabase() throws IOException {
        Files.write(directory.resolve("fovea.db"), new byte[8192]);
        Files.writeString(directory.resolve("fovea.db"), "this is no database, but a text that somebody put here");
        assertFails(() -> Home.open(directory, "0.1.0").close(), ErrorCode.STORAGE_FAILED)
                .hasMessageContaining("not a database");
    }

    @Test
    void shouldRemoveLeftoversOfDeadProcesses() throws IOException {
        Home.open(settings, "0.1.0").close();
        long nobody = IntStream.iterate(4_194_304, pid -> pid - 1)
                .filter(pid -> ProcessHandle.of(pid).isEmpty())
                .findFirst()
                .orElseThrow();
        Path dead = Files.createDirectories(settings.root().resolve("tmp/" + nobody + "-half/golden"));
        Path alive = Files.createDirectories(
                settings.root().resolve("tmp/" + ProcessHandle.current().pid() + "-at-work"));
        Home.open(settings, "0.1.0").close();
        assertThat(dead).doesNotExist();
        assertThat(alive).isDirectory();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable work, ErrorCode code) {
        return assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
