package dev.fovea.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs and bundles, in directories and in S3. */
@ParameterizedClass
@EnumSource(Pair.class)
class BlobsAndBundlesTest {

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Path root;
    private HomeSettings settings;

    @BeforeEach
    void chooseHome() {
        root = directory.resolve("home");
        settings = pair.in(root);
    }

    @Test
    void shouldAddressABlobByItsContent() {
        try (Home home = Home.open(settings, "0.1.0")) {
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
        try (Home home = Home.open(settings, "0.1.0")) {
            assertFails(() -> home.blobs().read("00".repeat(32)), ErrorCode.NOT_FOUND);
            assertFails(() -> home.blobs().read("../../fovea.db"), ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void shouldNoticeADamagedBlob() throws IOException {
        try (Home home = Home.open(settings, "0.1.0")) {
            String id = home.blobs().put("abc".getBytes(UTF_8));
            Files.writeString(
                    pair.files(settings)
                            .resolve("blobs")
                            .resolve(id.substring(0, 2))
                            .resolve(id),
                    "abd");
            forgetCopies();
            assertFails(() -> home.blobs().read(id), ErrorCode.STORAGE_FAILED).hasMessageContaining("damaged");
        }
    }

    @Test
    void shouldStoreABundleWholeUnderItsManifestsHash() throws IOException {
        Path bundle = bundle("one", "{\"name\":\"shirts\"}");
        try (Home home = Home.open(settings, "0.1.0")) {
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
        try (Home home = Home.open(settings, "0.1.0")) {
            String id = home.bundles().put(bundle);
            Files.writeString(bundle.resolve("model.onnx"), "another network");
            assertFails(() -> home.bundles().put(bundle), ErrorCode.BUNDLE_CORRUPT)
                    .hasMessageContaining("model.onnx differs");
            assertThat(home.bundles().path(id)).isDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "bundle.json", "listing", "no listing"})
    void shouldRepairDamagedBundleWhenStoredAgain(String damaged) throws IOException {
        Path bundle = bundle("one", "{\"a\":1}");
        try (Home home = Home.open(settings, "0.1.0")) {
            String id = home.bundles().put(bundle);
            Path stored = stored(id);
            Path listing = stored.resolveSibling(id + ".sha256");
            switch (damaged) {
                case "listing" -> Files.write(listing, new byte[] {1, (byte) 0xff, 0});
                case "no listing" -> Files.delete(listing);
                default -> Files.writeString(stored.resolve(damaged), "else");
            }
            forgetCopies();
            assertThatThrownBy(() -> home.bundles().path(id)).isInstanceOf(FoveaException.class);
            assertThat(home.bundles().put(bundle)).isEqualTo(id);
            assertThat(home.bundles().path(id).resolve("model.onnx"))
                    .hasSameBinaryContentAs(bundle.resolve("model.onnx"));
            assertThat(tmp()).isEmpty();
        }
    }

    @Test
    void shouldRemoveABundleAlsoADamagedOne() throws IOException {
        try (Home home = Home.open(settings, "0.1.0")) {
            Path bundle = bundle("one", "{\"a\":1}");
            String id = home.bundles().put(bundle);
            Path stored = stored(id);
            Files.delete(stored.resolve("model.onnx"));
            home.stores().bundles().remove(id);
            assertThat(stored).doesNotExist();
            assertThat(stored.resolveSibling(id + ".sha256")).doesNotExist();
            assertFails(() -> home.bundles().path(id), ErrorCode.BUNDLE_CORRUPT);
            home.stores().bundles().remove(id);
            home.stores().bundles().remove("../shirts");
            assertThat(home.bundles().put(bundle)).isEqualTo(id);
            assertThat(home.bundles().path(id)).isDirectory();
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsNoBundle() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        try (Home home = Home.open(settings, "0.1.0")) {
            assertFails(() -> home.bundles().put(empty), ErrorCode.BUNDLE_CORRUPT)
                    .hasMessageContaining(empty.toString());
            assertFails(() -> home.bundles().path("shirts"), ErrorCode.BUNDLE_CORRUPT);
        }
    }

    @Test
    void shouldReadOneFileOfABundleWithoutTheOthers() throws IOException {
        try (Home home = Home.open(settings, "0.1.0")) {
            String id = home.bundles().put(bundle("one", "{\"a\":1}"));
            Files.delete(stored(id).resolve("model.onnx"));
            forgetCopies();
            assertThat(home.bundles().file(id, "bundle.json")).asString(UTF_8).isEqualTo("{\"a\":1}");
            assertThat(home.bundles().file(id, "golden/0.png")).containsExactly(1, 2, 3);
            assertFails(() -> home.bundles().file(id, "model.onnx"), ErrorCode.BUNDLE_CORRUPT);
            assertFails(() -> home.bundles().file(id, "other"), ErrorCode.BUNDLE_CORRUPT);
            Files.writeString(stored(id).resolve("bundle.json"), "{\"a\":2}");
            assertFails(() -> home.bundles().file(id, "bundle.json"), ErrorCode.BUNDLE_CORRUPT);
            assertFails(() -> home.bundles().file("ab".repeat(32), "bundle.json"), ErrorCode.BUNDLE_CORRUPT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "bundle.json", "golden/0.png"})
    void shouldNameTheFileOfABundleThatIsDamaged(String name) throws IOException {
        try (Home home = Home.open(settings, "0.1.0")) {
            String id = home.bundles().put(bundle("one", "{\"a\":1}"));
            Files.writeString(stored(id).resolve(name), "else");
            forgetCopies();
            assertFails(() -> home.bundles().path(id), ErrorCode.BUNDLE_CORRUPT).hasMessageContaining(name);
            Files.delete(stored(id).resolve(name));
            assertFails(() -> home.bundles().path(id), ErrorCode.BUNDLE_CORRUPT).hasMessageContaining(name);
            assertThat(tmp()).isEmpty();
        }
    }

    /** Where a bundle's files lie, in the directory or behind the object store. */
    private Path stored(String id) {
        return pair.files(settings)
                .resolve("bundles")
                .resolve(id.substring(0, 2))
                .resolve(id);
    }

    /** Local copies of what is in S3 would hide what happened there. */
    private void forgetCopies() throws IOException {
        DurableFiles.deleteTree(root.resolve("cache"));
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

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable work, ErrorCode code) {
        return assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
