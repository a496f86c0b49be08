package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import dev.fovea.storage.files.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs and bundles in a directory: what goes wrong on disks. */
class FilesTest {

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void chooseHome() {
        root = directory.resolve("home");
    }

    @Test
    void shouldNoticeAChangedOrMissingOrAddedFileOfABundle() throws IOException {
        try (Home home = Home.open(root, "0.1.0")) {
            Path stored = home.bundles().path(home.bundles().put(bundle("one", "{\"a\":1}")));
            String id = stored.getFileName().toString();
            Files.delete(stored.resolve("golden/0.png"));
            Files.writeString(stored.resolve("card.md"), "new");
            Files.writeString(stored.resolve("model.onnx"), "else");
            assertFails(() -> home.bundles().path(id), ErrorCode.BUNDLE_CORRUPT)
                    .hasMessageContaining("card.md is new, golden/0.png is missing, model.onnx differs");
        }
    }

    @Test
    void shouldLeaveNothingHalfWhenTheDiskFillsUp() throws IOException {
        Path bundle = bundle("one", "{}");
        try (Home home =
                Home.open(HomeSettings.in(root), "0.1.0", new DurableFiles(file -> new FullDisk(file, 1000)))) {
            assertFails(() -> home.bundles().put(bundle), ErrorCode.STORAGE_FAILED)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("Free space");
            assertFails(() -> home.blobs().put(new byte[5000]), ErrorCode.STORAGE_FAILED);
            assertNothingKept();
        }
    }

    @Test
    void shouldKeepNothingWhenInterrupted() throws IOException {
        Path bundle = bundle("one", "{}");
        try (Home home = Home.open(root, "0.1.0")) {
            Thread.currentThread().interrupt();
            assertFails(() -> home.bundles().put(bundle), ErrorCode.CANCELLED);
            assertThat(Thread.interrupted()).isTrue();
            assertNothingKept();
        }
    }

    @Test
    void shouldLeaveNothingHalfOnARealFullDisk() throws Exception {
        Path small = Files.createDirectories(directory.resolve("small"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString()),
                "skipped: a small disk can only be mounted by root on Linux");
        root = small;
        try (Home home = Home.open(root, "0.1.0")) {
            checkFullForBundles(home);
            checkFullForRows(home);
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    private void checkFullForBundles(Home home) throws IOException {
        Path bundle = bundle("big", "{}");
        Files.write(bundle.resolve("model.onnx"), new byte[4 << 20]);
        assertFails(() -> home.bundles().put(bundle), ErrorCode.STORAGE_FAILED)
                .hasMessageContaining("No space left on device");
        assertNothingKept();
    }

    private void checkFullForRows(Home home) throws IOException {
        Registry registry = new Registry(home.models(), InstantSource.system());
        registry.register(Models.registration("shirts", "before"), "ada");
        Path filler = fillDisk();
        assertFails(
                        () -> registry.register(Models.evaluated("shirts", "x".repeat(1 << 20)), "ada"),
                        ErrorCode.STORAGE_FAILED)
                .hasMessageContaining("disk is full")
                .hasMessageContaining("Free space");
        assertThat(registry.model("shirts").versions()).hasSize(1);
        Files.delete(filler);
        assertThat(registry.register(Models.registration("shirts", "after"), "ada")
                        .number())
                .isEqualTo(2);
    }

    private Path fillDisk() {
        Path filler = root.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] page = new byte[4096];
            for (int pages = 0; pages < 1024; pages++) {
                out.write(page);
            }
        } catch (IOException full) {
            return filler;
        }
        throw new AssertionError("a disk of 2 MB took 4 MB");
    }

    private void assertNothingKept() throws IOException {
        assertThat(tmp()).isEmpty();
        for (String room : new String[] {"bundles", "blobs"}) {
            try (Stream<Path> kept = Files.list(root.resolve(room))) {
                assertThat(kept).isEmpty();
            }
        }
    }

    private List<Path> tmp() {
        try (Stream<Path> left = Files.list(root.resolve("tmp"))) {
            return left.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path bundle(String name, String manifest) throws IOException {
        Path bundle = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(bundle.resolve("golden"));
        Files.writeString(bundle.resolve("bundle.json"), manifest);
        Files.write(bundle.resolve("model.onnx"), new byte[100_000]);
        Files.write(bundle.resolve("golden/0.png"), new byte[] {1, 2, 3});
        return bundle;
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable work, ErrorCode code) {
        return assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
