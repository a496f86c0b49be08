package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fovea quantize} on published models and photographs. */
class QuantizeModelsTest {

    private static final Path DATA = Path.of(System.getProperty("fovea.shared.data", "../shared/data"));
    private static final Path EXAMPLES = Path.of("../docs/examples");

    @TempDir
    private Path directory;

    @BeforeEach
    void requireData() {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "skipped: no models and photographs at " + DATA);
    }

    @Test
    void shouldRunSqueezeNetInIntegersAndAgreeOnPhotographs() throws IOException {
        Path processor = Path.of("/proc/cpuinfo");
        Assumptions.assumeTrue(
                !Files.exists(processor) || Files.readString(processor).contains("vnni"),
                "skipped: without VNNI weights have seven bits, and the agreement (56 of 60 once) is too near the margin");
        Path synsets = Files.write(
                directory.resolve("labels.txt"),
                Files.readAllLines(DATA.resolve("models/imagenet-synsets.txt")).stream()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
        imported("squeezenet", "squeezenet11-fp32.onnx", "squeezenet-contract.json", synsets);
        JsonNode report = quantized("squeezenet", DATA.resolve("imagenet-120"));
        assertThat(report.get("layers"))
                .hasSize(26)
                .allMatch(layer ->
                        layer.get("integer").asBoolean() == layer.get("reason").isNull())
                .filteredOn(layer -> layer.get("integer").asBoolean())
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(report.get("judgement").get("loss").asDouble()).isLessThanOrEqualTo(5);
        assertThat(report.get("judgement").get("sentence").asString()).contains("60 images without labels");
    }

    @Test
    void shouldCompareDetectorsBothWaysWithoutLabels() throws IOException {
        importFaces();
        JsonNode report = quantized("faces", DATA.resolve("coco64-yolo/images"));
        assertThat(report.get("judgement").get("sentence").asString())
                .containsPattern(
                        "32 images the new network finds the 21 things that the original finds .* the original the \\d+ that the new one finds");
    }

    /** People are labelled and not faces, so that both find little of it; the difference is what counts. */
    @Test
    void shouldCompareDetectorsByTheLabelsOfAYoloFolder() throws IOException {
        importFaces();
        Path folder = Files.createDirectory(directory.resolve("people"));
        Files.createDirectories(folder.resolve("labels"));
        Files.createSymbolicLink(
                folder.resolve("images"),
                DATA.resolve("coco64-yolo/images").toAbsolutePath().normalize());
        try (Stream<Path> files = Files.list(DATA.resolve("coco64-yolo/object_detection"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".txt")).toList()) {
                List<String> people = Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("0 "))
                        .toList();
                Files.write(folder.resolve("labels").resolve(file.getFileName().toString()), people);
            }
        }
        JsonNode judgement = quantized("faces", folder).get("judgement");
        assertThat(judgement.get("sentence").asString())
                .contains("mean average precision at overlap 0.5", "the difference is");
        assertThat(judgement.get("loss").asDouble()).isBetween(-1.0, 1.0);
    }

    private void importFaces() throws IOException {
        Path labels = Files.writeString(directory.resolve("labels.txt"), "face\n");
        imported(
                "faces",
                "ultraface-rfb-320.onnx",
                "ultraface-contract.json",
                labels,
                "--task",
                "detection",
                "--decoder",
                EXAMPLES.resolve("ultraface-decoder.json").toString());
    }

    private void imported(String name, String model, String contract, Path labels, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "import",
                DATA.resolve("models").resolve(model).toString(),
                "--name",
                name,
                "--contract",
                EXAMPLES.resolve(contract).toString(),
                "--labels",
                labels.toString()));
        line.addAll(List.of(more));
        run(line);
    }

    private JsonNode quantized(String name, Path images) {
        Run run = run(new ArrayList<>(List.of("quantize", name, "--data", images.toString(), "--json")));
        JsonNode json = new JsonMapper().readTree(run.out());
        assertThat(json.get("version").asInt()).isEqualTo(2);
        return json.get("report");
    }

    private Run run(List<String> line) {
        line.addAll(List.of("--home", directory.resolve("home").toString()));
        Run run = Run.of(line.toArray(String[]::new));
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        return run;
    }
}
