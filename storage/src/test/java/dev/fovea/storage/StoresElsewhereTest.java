package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.s3.S3Settings;
import dev.fovea.storage.sql.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with a database and an object store of others, on real ones. */
class StoresElsewhereTest {

    @TempDir
    private Path directory;

    @Test
    void shouldNumberAllSettingsThatAreRefused() {
        S3Settings place = S3Server.shared().create();
        PostgresSettings database = PostgresServer.shared().create();
        PostgresSettings unknown = new PostgresSettings(database.url() + "x", database.user(), database.password());
        HomeSettings settings = new HomeSettings(
                directory,
                Optional.of(unknown),
                Optional.of(S3Server.shared().settings(place.bucket(), "another secret")));
        assertFails(() -> Home.open(settings, "0.1.0").close(), ErrorCode.CONFIGURATION_INVALID)
                .hasMessageContaining("2 errors")
                .hasMessageContaining("1. database.url: ")
                .hasMessageContaining("does not exist. Create it")
                .hasMessageContaining("2. blobs.secret-key: ")
                .hasMessageContaining(S3Server.ACCESS)
                .hasMessageNotContaining("another secret");
    }

    @Test
    void shouldNameABucketThatIsMissing() {
        HomeSettings settings = new HomeSettings(
                directory, Optional.empty(), Optional.of(S3Server.shared().settings("nowhere", S3Server.SECRET)));
        assertFails(() -> Home.open(settings, "0.1.0").close(), ErrorCode.CONFIGURATION_INVALID)
                .hasMessageContaining("1. blobs.url: there is no bucket \"nowhere\"")
                .hasMessageContaining("Create it");
    }

    @Test
    void shouldSendLargeFilesInPartsAndReadThemBack() throws IOException {
        HomeSettings settings = Pair.POSTGRESQL_AND_S3.in(directory.resolve("home"));
        byte[] network = new byte[70_000_001]; // three parts
        new Random(7).nextBytes(network);
        Path draft = Files.createDirectories(directory.resolve("draft"));
        Files.writeString(draft.resolve("bundle.json"), "{}");
        Files.write(draft.resolve("model.onnx"), network);
        try (Home home = Home.open(settings, "0.1.0")) {
            String id = home.bundles().put(draft);
            DurableFiles.deleteTree(directory.resolve("home/cache"));
            assertThat(home.bundles().path(id).resolve("model.onnx")).hasBinaryContent(network);
            assertThat(home.bundles().put(draft)).isEqualTo(id);
        }
    }

    @Test
    void shouldLoadCopiesWhileTheObjectStoreIsDownAndRecover() throws Exception {
        try (S3Server server = S3Server.start(directory.resolve("s3"))) {
            HomeSettings settings =
                    new HomeSettings(directory.resolve("home"), Optional.empty(), Optional.of(server.create()));
            Path draft = Files.createDirectories(directory.resolve("draft"));
            Files.writeString(draft.resolve("bundle.json"), "{}");
            try (Home home = Home.open(settings, "0.1.0")) {
                String id = home.bundles().put(draft);
                server.kill();
                assertThat(home.bundles().path(id)).isDirectory();
                assertFails(() -> home.blobs().put(new byte[] {1}), ErrorCode.STORAGE_UNAVAILABLE)
                        .hasMessageContaining("Start the object store");
                server.restart();
                String blob = home.blobs().put(new byte[] {1});
                assertThat(home.blobs().read(blob)).containsExactly(1);
            }
        }
    }

    @Test
    void shouldRefuseANulCharacterOnBothDatabases() {
        for (Pair pair : Pair.values()) {
            HomeSettings settings = pair.in(directory.resolve(pair.name()));
            try (Home home = Home.open(settings, "0.1.0")) {
                Registry registry = new Registry(home.models(), InstantSource.system());
                assertFails(
                                () -> registry.register(Models.evaluated("shirts", "a\0b"), "ada"),
                                ErrorCode.ARGUMENT_INVALID)
                        .hasMessageContaining("NUL");
                assertThat(home.models().models()).isEmpty();
            }
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable work, ErrorCode code) {
        return assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
