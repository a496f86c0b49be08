package dev.fovea.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Size;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.server.FoveaServer;
import dev.fovea.server.Run;
import dev.fovea.server.RunningServer;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fovea quantize} on a network that is large enough for integers to be faster. */
class QuantizeCommandTest {

    private static final int IMAGES = 64;

    @TempDir
    private Path directory;

    private Path home;
    private Path images;

    @BeforeEach
    void importCloth() throws IOException {
        home = directory.resolve("home");
        images = Files.createDirectory(directory.resolve("images"));
        for (int i = 0; i < IMAGES; i++) {
            FabricClass kind = FabricClass.values()[i % 3];
            Files.write(images.resolve(i + ".jpg"), TestModels.image(kind, i));
        }
        byte[] network = NetworkBuilder.build(
                        NetworkBuilder.Family.RESIDUAL, NetworkBuilder.Scale.LARGE, 3, Size.square(96), 3, 1)
                .bytes();
        Path onnx = Files.write(directory.resolve("cloth.onnx"), network);
        Path contract = Files.writeString(directory.resolve("contract.json"), """
                {"color": "RGB", "resize": {"fit": "stretch", "size": [96], "filter": "area", "engine": "opencv"}}
                """);
        Path labels = Files.writeString(directory.resolve("labels.txt"), String.join("\n", TestModels.LABELS));
        Run imported = inHome(
                "import",
                onnx.toString(),
                "--name",
                "cloth",
                "--contract",
                contract.toString(),
                "--labels",
                labels.toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
    }

    @Test
    void shouldRegisterAnIntegerVersionWhoseParentIsTheOriginal() throws Exception {
        Run run = inHome("quantize", "cloth", "--data", images.toString(), "--margin", "10", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode json = new JsonMapper().readTree(run.out());
        assertThat(json.get("original").asInt()).isEqualTo(1);
        assertThat(json.get("version").asInt()).isEqualTo(2);
        JsonNode report = json.get("report");
        assertThat(report.get("images").asInt()).isEqualTo(IMAGES / 2);
        assertThat(report.get("layers"))
                .allSatisfy(layer -> assertThat(layer.get("integer").asBoolean())
                        .as(layer.toString())
                        .isTrue());
        assertThat(report.get("speed_up").get("ratio").get("low").asDouble()).isGreaterThanOrEqualTo(1.1);
        assertThat(report.at("/bytes/quantized").asLong())
                .isLessThan(report.at("/bytes/original").asLong() / 3);
        assertThat(report.get("judgement").get("sentence").asString()).contains("32 images without labels");
        assertThat(json.get("non_inferiority_shown").asBoolean()).isTrue();
        JsonNode verdict = report.get("judgement").get("verdict");
        assertThat(verdict.get("outcome").asString()).isEqualTo("as_good");
        assertThat(verdict.get("images").asInt()).isEqualTo(IMAGES / 2);
        assertThat(verdict.get("sentences").get(0).asString()).startsWith("Shown to be as good as the original");
        Run again = inHome("quantize", "cloth@1", "--data", images.toString(), "--margin", "10");
        assertFails(again, 1, "STATE_CONFLICT", "cloth:2 is int8 of cloth:1 already");
        Run predicted = inHome(
                "predict",
                "cloth",
                "--model-version",
                "2",
                images.resolve("1.jpg").toString());
        assertThat(predicted.exit()).as(predicted.err()).isZero();
        assertServed(report);
    }

    /** The server proves the version when it loads it, and tells of it. */
    private void assertServed(JsonNode report) throws Exception {
        try (FoveaServer started = RunningServer.serve(home, Map.of())) {
            JsonNode version = json(started, "/v1/models/cloth/versions/2");
            assertThat(version.get("quantization")).isEqualTo(report);
            assertThat(version.get("lineage").get("parent").asString()).isEqualTo("cloth:1");
            assertThat(json(started, "/v1/models/cloth/versions/1")
                            .get("quantization")
                            .isNull())
                    .isTrue();
        }
    }

    private static JsonNode json(FoveaServer server, String path) throws IOException {
        try (InputStream answer = URI.create(server.address() + path).toURL().openStream()) {
            return new JsonMapper().readTree(answer);
        }
    }

    @Test
    void shouldRefuseWhatItCannotWorkWith() throws IOException {
        assertFails(inHome("quantize", "cloth@7", "--data", images.toString()), 1, "VERSION_UNKNOWN", "7");
        assertFails(inHome("quantize", "cloth@x", "--data", images.toString()), 2, "ARGUMENT_INVALID", "cloth@x");
        assertFails(
                inHome("quantize", "cloth", "--data", images.toString(), "--margin", "-1"),
                2,
                "ARGUMENT_INVALID",
                "margin is -1");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertFails(
                inHome("quantize", "cloth", "--data", empty.toString()),
                1,
                "DATASET_INVALID",
                "too few different images");
        assertFails(
                inHome("quantize", "cloth", "--data", directory.resolve("none").toString()),
                1,
                "DATASET_INVALID",
                "none");
    }

    @Test
    void shouldCountNoImagesThatCannotBeRead() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            byte[] whole = Files.readAllBytes(images.resolve(i + ".jpg"));
            if (i % 4 > 0) {
                Files.write(images.resolve(i + ".jpg"), java.util.Arrays.copyOf(whole, 300 + i));
            }
        }
        assertFails(
                inHome("quantize", "cloth", "--data", images.toString()), 1, "DATASET_INVALID", "could be read", "30");
    }

    private static void assertFails(Run run, int exit, String... words) {
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).contains(words);
    }

    private Run inHome(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.toString();
        return Run.of(all);
    }
}
