package dev.fovea.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs and bundles. */
class FilesTest {

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void chooseHome() {
        root = directory.resolve("home");
    }

    @Test
    void shouldAddressABlobByItsContent() {
        try (Home home = Home.open(root, "0.1.0")) {
            String id = home.blobs().put("abc".getBytes(UTF_8));
            // FIPS 180-2, appendix B.1
            assertThat(id).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            assertThat(home.blobs().put("abc".getBytes(UTF_8))).isEqualTo(id);
            assertThat(home.blobs().read(id)).asString(UTF_8).isEqualTo("abc");
            assertThat(home.blobs().contains(id)).isTrue();
            assertThat(tmp()).isEmpty();
        }
    }

    @Test
    void shouldRefuseABlobThatIsNotThere() {
        try (Home home = Home.open(root, "0.1.0")) {
            assertFails(() -> home.blobs().read("00".repeat(32)), ErrorCode.NOT_FOUND);
            assertFails(() -> home.blobs().read("../../fovea.db"), ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void shouldNoticeADamagedBlob() throws IOException {
        try (Home home = Home.open(root, "0.1.0")) {
            String id = home.blobs().put("abc".getBytes(UTF_8));
            Files.writeString(root.resolve("blobs").resolve(id.substring(0, 2)).resolve(id), "abd");
            assertFails(() -> home.blobs().read(id), ErrorCode.STORAGE_FAILED).hasMessageContaining("damaged");
        }
    }

    @Test
    void shouldStoreABundleWholeUnderItsManifestsHash() throws IOException {
        Path bundle = bundle("one", "{\"name\":\"shirts\"}");
        try (Home home = Home.open(root, "0.1.0")) {
            String id = home.bundles().put(bundle);
            Path stored = home.bundles().path(id);
            assertThat(id).isEqualTo(DurableFiles.hash(bundle.resolve("bundle.json")));
            assertThat(stored.resolve("golden/0.png")).hasSameBinaryContentAs(bundle.resolve("golden/0.png"));
            assertThat(stored.resolve("model.onnx")).hasSameBinaryContentAs(bundle.resolve("model.onnx"));
            assertThat(home.bundles().put(bundle)).isEqualTo(id);
            assertThat(tmp()).isEmpty();
        }
    }

    @Test
    void shouldRefuseOtherContentUnderTheSameManifest() throws IOException {
        Path bundle = bundle("one", "{}");
        try (Home home = Home.open(root, "0.1.0")) {
            String id = home.bundles().put(bundle);
            Files.writeString(bundle.resolve("model.onnx"), "another network");
            assertFails(() -> home.bundles().put(bundle), ErrorCode.BUNDLE_CORRUPT)
                    .hasMessageContaining("model.onnx differs");
            assertThat(home.bundles().path(id)).isDirectory();
        }
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

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "bundle.json", "listing", "no listing"})
    void shouldMendADamagedBundleWhenItIsStoredAgain(String damaged) throws IOException {
        Path bundle = bundle("one", "{\"a\":1}");
        try (Home home = Home.open(root, "0.1.0")) {
            String id = home.bundles().put(bundle);
            Path stored = home.bundles().path(id);
            Path listing = stored.resolveSibling(id + ".sha256");
            switch (damaged) {
                case "listing" -> Files.write(listing, new byte[] {1, (byte) 0xff, 0});
                case "no listing" -> Files.delete(listing);
                default -> Files.writeString(stored.resolve(damaged), "else");
            }
            assertFails(() -> home.bundles().path(id), ErrorCode.BUNDLE_CORRUPT);
            assertThat(home.bundles().put(bundle)).isEqualTo(id);
            assertThat(home.bundles().path(id).resolve("model.onnx"))
                    .hasSameBinaryContentAs(bundle.resolve("model.onnx"));
            assertThat(tmp()).isEmpty();
        }
    }

    @Test
    void shouldRemoveABundleAlsoADamagedOne() throws IOException {
        try (Home home = Home.open(root, "0.1.0")) {
            Path bundle = bundle("one", "{\"a\":1}");
            String id = home.bundles().put(bundle);
            Path stored = home.bundles().path(id);
            Files.delete(stored.resolve("model.onnx"));
            ((BundleDirectories) home.bundles()).remove(id);
            assertThat(stored).doesNotExist();
            assertThat(stored.resolveSibling(id + ".sha256")).doesNotExist();
            assertFails(() -> home.bundles().path(id), ErrorCode.BUNDLE_CORRUPT);
            ((BundleDirectories) home.bundles()).remove(id);
            ((BundleDirectories) home.bundles()).remove("../shirts");
            assertThat(home.bundles().put(bundle)).isEqualTo(id);
            assertThat(home.bundles().path(id)).isDirectory();
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsNoBundle() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        try (Home home = Home.open(root, "0.1.0")) {
            assertFails(() -> home.bundles().put(empty), ErrorCode.BUNDLE_CORRUPT)
                    .hasMessageContaining(empty.toString());
            assertFails(() -> home.bundles().path("shirts"), ErrorCode.BUNDLE_CORRUPT);
        }
    }

    @Test
    void shouldLeaveNothingHalfWhenTheDiskFillsUp() throws IOException {
        Path bundle = bundle("one", "{}");
        try (Home home = Home.open(root, "0.1.0", new DurableFiles(file -> new FullDisk(file, 1000)))) {
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
