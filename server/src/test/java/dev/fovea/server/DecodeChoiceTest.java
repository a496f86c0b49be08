package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.graph.GraphBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A network that tells rough images from smooth ones by the variance of its input. OpenCV's bilinear filter takes
 * single pixels, so that roughness of single pixels reaches the network; a decode at 1/8 averages it away.
 */
@Timeout(180)
class DecodeChoiceTest {

    private static final int EDGE = 512;
    private static final int EACH = 16;

    @TempDir
    private Path directory;

    @Test
    void shouldUseFastWhereItChangesNothingAndKeepTheFigures() throws Exception {
        Run run = imported(drawn(EDGE, 128), "--decode", "auto", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode report = new JsonMapper().readTree(run.out()).get("decode");
        assertThat(report.get("outcome").asString()).isEqualTo("fast_used");
        assertThat(report.get("mode").asString()).isEqualTo("fast");
        assertThat(report.get("times").get("reduced").asInt()).isEqualTo(2 * EACH);
        assertThat(report.get("accuracy").get("exact").asDouble()).isEqualTo(1);
        assertThat(report.get("accuracy").get("changed").asInt()).isZero();
        Manifest manifest = manifest();
        assertThat(manifest.contract().orElseThrow().decode()).isEqualTo(DecodeMode.FAST);
        assertThat(manifest.evaluation()).isPresent();
        assertThat(run("predict", "rough", image().toString()).exit()).isZero();
        assertThat(manifest.lineage().settings())
                .containsEntry("decode", "fast, measured")
                .containsEntry("decode_at_fraction", "32 of 32 images")
                .containsEntry(
                        "decode_accuracy",
                        "accuracy: 100.0 % exact, 100.0 % fast, 0.0 points (-10.7 to +10.7) on 32 images");
    }

    @Test
    void shouldStayExactWhereFastLosesAccuracy() throws Exception {
        Run run = imported(drawn(EDGE, 1), "--decode", "auto");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Decode exact is used: fast is", "but the accuracy changes by -50.0")
                .contains("the accuracy is 100.0 % exact, 50.0 % fast. 16 images get another label.");
        Manifest manifest = manifest();
        assertThat(manifest.contract().orElseThrow().decode()).isEqualTo(DecodeMode.EXACT);
        assertThat(manifest.lineage().settings()).containsEntry("decode", "exact, measured: worse");
        assertThat(new JsonMapper()
                        .readTree(manifest.evaluation().orElseThrow())
                        .get("accuracy")
                        .get("value")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void shouldStayExactWhereImagesAreTooSmall() throws Exception {
        Run run = imported(drawn(64, 16), "--decode", "auto");
        assertThat(run.out())
                .contains("Decode exact is used: no image is a JPEG that is large enough for fast to matter.")
                .contains("Fast decodes 0 of 32 images at a fraction of their size.");
        assertThat(manifest().contract().orElseThrow().decode()).isEqualTo(DecodeMode.EXACT);
    }

    @Test
    void shouldUseTheStatedMode() throws Exception {
        Run run = imported(drawn(EDGE, 128), "--decode", "fast");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("Decode ");
        assertThat(manifest().contract().orElseThrow().decode()).isEqualTo(DecodeMode.FAST);
    }

    @Test
    void shouldRefuseWhatCannotBeMeasured() throws Exception {
        Path images = drawn(64, 16);
        assertThat(imported(images, "--decode", "quick").err())
                .contains("decode is \"quick\"; it must be one of exact, fast, auto");
        assertThat(imported(images, "--decode", "fast", "--margin", "1").err())
                .contains("margin applies to decode auto only");
        assertThat(imported(images, "--decode", "auto", "--data", "").err())
                .contains("decode auto is measured on labelled images");
        assertThat(imported(images, "--decode", "auto", "--task", "multi-label").err())
                .contains("it compares classifiers and detectors, and this is a model for multi-label");
        assertThat(run("models").out()).contains("No model is registered");
    }

    /** Half the images are smooth, half have black and white cells. */
    private Path drawn(int edge, int cell) throws IOException {
        Path images = directory.resolve("images");
        for (int i = 0; i < 2 * EACH; i++) {
            boolean rough = i % 2 == 1;
            Path folder = Files.createDirectories(images.resolve(rough ? "rough" : "smooth"));
            Files.write(folder.resolve(i + ".jpg"), jpeg(edge, rough ? cell : edge, i));
        }
        return images;
    }

    private static byte[] jpeg(int edge, int cell, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int cells = edge / cell;
        boolean[] white = new boolean[cells * cells];
        for (int i = 0; i < white.length; i++) {
            white[i] = random.nextBoolean();
        }
        byte[] pixels = new byte[edge * edge * 3];
        for (int i = 0; i < pixels.length; i++) {
            int y = i / 3 / edge / cell;
            int x = i / 3 % edge / cell;
            pixels[i] = (byte) (cells == 1 ? 120 + seed : white[y * cells + x] ? 208 : 48);
        }
        try (Image image = Image.of(pixels, edge, edge, 3)) {
            return new ImageWriter().jpeg(image, 90);
        }
    }

    private static byte[] network() {
        GraphBuilder graph = new GraphBuilder("roughness");
        String input = graph.input("input", GraphBuilder.BATCH, 3, 32, 32);
        String mean = graph.node("GlobalAveragePool", "mean", List.of(input));
        String apart = graph.node("Sub", "apart", List.of(input, mean));
        String square = graph.node("Mul", "square", List.of(apart, apart));
        String flat =
                graph.node("Flatten", "flat", List.of(graph.node("GlobalAveragePool", "variance", List.of(square))));
        String weights = graph.weights("w", List.of(3L, 2L), new float[] {0, 300, 0, 300, 0, 300});
        String bias = graph.weights("b", List.of(2L), new float[] {0, -4.5f});
        String logits = graph.node("Gemm", "logits", List.of(flat, weights, bias));
        graph.node("Softmax", "scores", List.of(logits));
        return graph.output("scores", GraphBuilder.BATCH, 2).build().bytes();
    }

    private Run imported(Path images, String... more) throws IOException {
        String[] words = {
            "import",
            Files.write(directory.resolve("rough.onnx"), network()).toString(),
            "--name",
            "rough",
            "--labels",
            Files.writeString(directory.resolve("labels.txt"), "smooth\nrough\n")
                    .toString(),
            "--contract",
            Files.writeString(
                            directory.resolve("contract.json"),
                            "{\"color\": \"RGB\", \"resize\": {\"fit\": \"stretch\", \"size\": [32], \"filter\": \"bilinear\", \"engine\": \"opencv\"}}")
                    .toString(),
        };
        String[] data =
                Arrays.asList(more).contains("--data") ? new String[] {} : new String[] {"--data", images.toString()};
        return run(joined(joined(words, data), more));
    }

    private static String[] joined(String[] first, String... second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private Run run(String... words) {
        return Run.of(joined(words, "--home", home().toString()));
    }

    private Path image() {
        return directory.resolve("images/rough/1.jpg");
    }

    private Path home() {
        return directory.resolve("home");
    }

    private Manifest manifest() {
        try (Application application = Application.open(home())) {
            return Bundle.read(application
                            .home()
                            .bundles()
                            .path(application
                                    .registry()
                                    .model("rough")
                                    .version(1)
                                    .bundleId()))
                    .manifest();
        }
    }
}
