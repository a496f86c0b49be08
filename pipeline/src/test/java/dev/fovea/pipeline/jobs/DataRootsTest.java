package dev.fovea.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.IngestReport;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.request.DataRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders below the roots are allowed; paths and symbolic links out of them are refused. */
class DataRootsTest {

    @TempDir
    private Path directory;

    private Path open = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void draw() throws IOException {
        Path real = directory.toRealPath();
        open = Files.createDirectories(real.resolve("open/images/cat")).getParent();
        Files.createDirectories(real.resolve("open/more"));
        Files.writeString(real.resolve("open/more/1.jpg"), "x");
        secret = Files.createDirectories(real.resolve("secret"));
        Files.writeString(secret.resolve("key.jpg"), "x");
    }

    private String require(String data) {
        return new DataRoots(List.of(directory.resolve("open")), new NoDatasets(), "shirts@3"::equals)
                .data("data", data);
    }

    private static void assertRefused(Runnable work, String words) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContaining(words);
    }

    @Test
    void shouldAllowLinksInsideRootsLoopsAndBrokenLinks() throws IOException {
        Files.createSymbolicLink(open.resolve("cat/more"), directory.resolve("open/more"));
        Files.createSymbolicLink(open.resolve("cat/one.jpg"), directory.resolve("open/more/1.jpg"));
        Files.createSymbolicLink(open.resolve("loop"), Path.of("."));
        Files.createSymbolicLink(open.resolve("gone.jpg"), directory.resolve("nothing"));
        Files.createDirectories(open.resolve("cat/folder.jpg"));
        assertThat(require(open.toString())).isEqualTo(open.toString());
        assertThat(require(open + "/../images/./")).isEqualTo(open.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.jpg", ""})
    void shouldRefuseFolderWithLinkOutOfRoots(String target) throws IOException {
        Files.createSymbolicLink(open.resolve("cat/a\u001b.jpg"), secret.resolve(target));
        assertRefused(
                () -> require(open.toString()),
                "contains the symbolic link \"cat/a\\u001b.jpg\", which leads out of the server's datasets.roots");
    }

    @Test
    void shouldRefuseLinkOutOfRootsBehindAnotherLink() throws IOException {
        Files.createSymbolicLink(directory.resolve("open/more/out"), secret);
        Files.createSymbolicLink(open.resolve("cat/more"), directory.resolve("open/more"));
        assertRefused(() -> require(open.toString()), "the symbolic link \"cat/more/out\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "../secret/key.jpg", "images\u0000", "images/cat\u001b", "more/1.jpg", "none"})
    void shouldGiveOneMessageForAllForbiddenPaths(String path) {
        assertRefused(() -> require(directory.resolve("open") + "/" + path), "cannot be read over the API");
    }

    private static final class NoDatasets implements DatasetStore {

        @Override
        public void save(DatasetVersion version, IngestReport report) {
            throw new AssertionError("not used");
        }

        @Override
        public Optional<DatasetVersion> find(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<String> report(String id) {
            return Optional.empty();
        }

        @Override
        public List<Summary> list() {
            return List.of();
        }
    }
}
