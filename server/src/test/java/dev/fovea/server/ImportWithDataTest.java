package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.registry.ModelVersion;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code import --data} evaluates becomes part of the version; options that cannot apply are refused by name. */
@Timeout(180)
class ImportWithDataTest {

    private static final int EACH = 12;

    @TempDir
    private Path directory;

    private Path images = Path.of("");

    @BeforeEach
    void draw() throws IOException {
        images = directory.resolve("images");
        for (FabricClass kind : FabricClass.values()) {
            Path folder = Files.createDirectories(images.resolve(kind.label()));
            for (int i = 0; i < EACH; i++) {
                Files.write(folder.resolve(i + ".jpg"), TestModels.image(kind, 200 + i));
            }
        }
    }

    @Test
    void shouldKeepAccuracyAndTemperatureWithTheVersionAndItsExport() throws Exception {
        String home = directory.resolve("home").toString();
        JsonNode imported = json(run(home, model("--data", images.toString(), "--promote", "always", "--json")));
        assertThat(imported.get("decisions").toString()).contains("divided by a temperature of");
        JsonNode listed = json(run(home, "models", "shirts", "--json")).get(0);
        double accuracy = listed.get("accuracy").get("value").asDouble();
        Manifest manifest = manifest(home);
        JsonNode report = json(manifest.evaluation().orElseThrow());
        assertThat(report.get("accuracy").get("value").asDouble()).isEqualTo(accuracy);
        assertThat(report.get("images").asInt()).isEqualTo(3 * EACH);
        double temperature = report.get("calibration").get("temperature").asDouble();
        assertThat(temperature).isNotEqualTo(1);
        assertThat(manifest.postprocessing())
                .isInstanceOfSatisfying(
                        Postprocessing.OneLabel.class,
                        label -> assertThat(label.temperature()).isEqualTo(temperature));
        assertThat(run(home, "predict", "shirts", image()).exit()).isZero();

        String zip = directory.resolve("shirts-1.zip").toString();
        assertThat(run(home, "export", "shirts", "--to", zip).exit()).isZero();
        String other = directory.resolve("other").toString();
        assertThat(run(other, "import", zip, "--data", directory.resolve("none").toString())
                        .err())
                .contains("DATASET_INVALID", "There is no folder");
        assertThat(run(other, "import", zip, "--threshold", "0.5", "--golden", image(), "--output", "x")
                        .err())
                .contains("--output, --threshold, --golden do not apply: this is an exported version");
        Run again = run(other, "import", zip, "--data", images.toString());
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out())
                .contains("Balanced accuracy", imported.get("bundle").asString().substring(0, 12));
        assertThat(json(run(other, "models", "shirts", "--json"))
                        .get(0)
                        .get("accuracy")
                        .get("value")
                        .asDouble())
                .isEqualTo(accuracy);
    }

    @Test
    void shouldRegisterNothingWhenTheDataDoNotFit() throws Exception {
        Path strange = Files.createDirectories(directory.resolve("strange/cats"));
        Files.write(strange.resolve("1.jpg"), TestModels.image(FabricClass.HOLE, 1));
        String home = directory.resolve("home").toString();
        Run run = run(home, model("--data", strange.getParent().toString()));
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("DATASET_INVALID", "has the name of a label of the model");
        assertThat(run(home, "models").out()).contains("No model is registered");
    }

    @Test
    void shouldSayOfAModelForTensorsWhatIsTrue() throws Exception {
        String home = directory.resolve("home").toString();
        Path onnx = Files.write(directory.resolve("echo.onnx"), TensorModels.echo());
        String[] tensors = {"import", onnx.toString(), "--name", "echo", "--task", "tensors"};
        assertThat(run(home, with(tensors, "--golden", image())).err())
                .contains("ARGUMENT_INVALID: --golden does not apply: this is a model for tensors. Omit it.");
        assertThat(run(home, with(tensors, "--data", images.toString())).err())
                .contains("ARGUMENT_INVALID: --data does not apply: a model for tensors cannot be evaluated");
        Run run = run(home, tensors);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Imported echo:1, which takes and gives tensors, so that it was validated on no image.")
                .contains("POST /v2/models/echo/infer")
                .doesNotContain("fovea predict")
                .doesNotContain("fovea evaluate");
    }

    @ParameterizedTest
    @CsvSource({
        "--threshold, 0.4, classification, --threshold does not apply",
        "--threshold, 0.4, '', --threshold does not apply",
        "--decoder, decoder.json, classification, --decoder does not apply",
    })
    void shouldRefuseOptionsThatCannotApply(String option, String value, String task, String message) throws Exception {
        String[] given = task.isEmpty() ? model(option, value) : model("--task", task, option, value);
        assertThat(run(directory.resolve("home").toString(), given).err()).contains(message);
    }

    @Test
    void shouldRefuseLabelsOfAModelForEmbeddings() throws Exception {
        assertThat(run(directory.resolve("home").toString(), model("--task", "embedding", "--threshold", "0.4"))
                        .err())
                .contains("--labels, --threshold do not apply: this is a model for embeddings. Omit them.");
    }

    private String image() {
        return images.resolve("hole/0.jpg").toString();
    }

    private String[] model(String... more) throws IOException {
        Path onnx = Files.write(directory.resolve("shirts.onnx"), TestModels.network(1));
        Path contract = Files.writeString(directory.resolve("contract.json"), TestModels.CONTRACT);
        Path labels = Files.writeString(directory.resolve("labels.txt"), String.join("\n", TestModels.LABELS));
        String[] all = {"import", onnx.toString(), "--name", "shirts", "--contract", contract.toString()};
        return with(with(all, "--labels", labels.toString()), more);
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private static Run run(String home, String... words) {
        return Run.of(with(words, "--home", home));
    }

    private static JsonNode json(Run run) {
        assertThat(run.exit()).as(run.err()).isZero();
        return json(run.out());
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    private static Manifest manifest(String home) {
        try (Application application = Application.open(Path.of(home))) {
            ModelVersion version = application.registry().model("shirts").version(1);
            return application.home().bundles().bundle(version.bundleId()).manifest();
        }
    }
}
