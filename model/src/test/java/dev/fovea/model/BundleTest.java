package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    private static final Map<String, byte[]> GOLDEN = Map.of("one.png", new byte[] {1, 2, 3});

    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatItWroteUnderTheHashOfItsManifest() throws IOException {
        Bundle written = write();
        Bundle read = Bundle.read(directory);
        assertThat(read).isEqualTo(written);
        assertThat(read.id()).isEqualTo(Sha256.of(Files.readAllBytes(directory.resolve("bundle.json"))));
        assertThat(read.goldenImage(read.manifest().golden().getFirst())).containsExactly(1, 2, 3);
        assertThat(read.model().proto()).isEqualTo(Samples.MODEL.proto());
        assertThat(read.manifest().files().keySet()).containsExactly("card.md", "golden/one.png", "model.onnx");
        assertThat(Bundle.write(directory.resolve("again"), manifest(), Samples.MODEL.bytes(), GOLDEN)
                        .id())
                .isEqualTo(written.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "golden/one.png", "card.md"})
    void shouldNameTheFileThatWasChangedOrIsMissing(String file) throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(directory.resolve(file));
        bytes[bytes.length / 2] ^= 1;
        Files.write(directory.resolve(file), bytes);
        assertCorrupt(file);
        Files.delete(directory.resolve(file));
        assertCorrupt(file);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            card.md            | ../card.md       | outside itself
            golden/one.png     | golden/two.png   | golden/one.png
            model.onnx         | modle.onnx       | model.onnx
            "temperature" : 1.0| "temperature" : 0| temperature 0.0
            "files" : {        | "files" : [1], "x" : { | bundle.files
            "labels" : [       | "labels" : [ 1,  | bundle.labels
            {                  | {{               | not JSON
            """)
    void shouldRefuseAManifestThatWasTamperedWith(String from, String to, String message) throws IOException {
        write();
        Path file = directory.resolve("bundle.json");
        String json = Files.readString(file);
        int at = json.lastIndexOf(from);
        assertThat(at).isNotNegative();
        Files.writeString(file, json.substring(0, at) + to + json.substring(at + from.length()));
        assertCorrupt(message);
    }

    @Test
    void shouldWriteNothingOutsideItself() {
        assertThatThrownBy(() -> Bundle.write(
                        directory.resolve("in"),
                        manifest(),
                        Samples.MODEL.bytes(),
                        Map.of("../../out.png", new byte[1])))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("outside itself");
        assertThat(directory.resolve("out.png")).doesNotExist();
    }

    private Bundle write() {
        return Bundle.write(directory, manifest(), Samples.MODEL.bytes(), GOLDEN);
    }

    private static Manifest manifest() {
        return new Manifest(
                "pets",
                List.of("cat", "dog"),
                Optional.of(Samples.CONTRACT),
                new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                Optional.empty(),
                new Lineage("d1", "p:1", Map.of("epochs", "3"), "0.1", "test", 1.5),
                List.of(new GoldenVector(
                        "one.png",
                        "0".repeat(64),
                        List.of(0.1f, -3.25f),
                        new TreeMap<>(Map.of("out/scores", 0.002)),
                        Optional.empty())),
                new TreeMap<>());
    }

    private void assertCorrupt(String message) {
        assertThatThrownBy(() -> Bundle.read(directory))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_CORRUPT))
                .hasMessageContaining(message);
    }
}
