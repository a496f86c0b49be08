package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every verb as a person types it: exit codes 0, 1 and 2, and errors that name the value and the remedy. */
class CommandLineTest {

    @TempDir
    private Path directory;

    private Path home;
    private Path contract;
    private Path labels;

    @BeforeEach
    void write() throws IOException {
        home = directory.resolve("home");
        contract = Files.writeString(directory.resolve("contract.json"), TestModels.CONTRACT);
        labels = Files.writeString(directory.resolve("labels.txt"), "hole\nnone\ntear\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "serve",
                "train",
                "import",
                "predict",
                "models",
                "promote",
                "rollback",
                "canary",
                "export",
                "delete",
                "preview",
                "inspect",
                "load",
                "doctor"
            })
    void shouldExplainEveryVerbWithAnExample(String verb) {
        Run run = Run.of(verb, "--help");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Example", "fovea " + verb);
        boolean homeless =
                List.of("demo", "preview", "inspect", "load", "doctor").contains(verb);
        assertThat(run.out().contains("--home")).isNotEqualTo(homeless);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shouldListTheVerbsAndSayItsVersion() {
        assertThat(Run.of("--help").out()).contains("serve", "train", "predict", "rollback", "preview", "inspect");
        Run version = Run.of("--version");
        assertThat(version.exit()).isZero();
        assertThat(version.out()).startsWith("fovea ");
        assertThat(Run.of().exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "serve --prot 80",
                "promote shirts",
                "promote shirts two",
                "import x.onnx",
                "predict"
            })
    void shouldRefuseWhatItDoesNotUnderstandWithTwo(String line) {
        Run run = Run.of(line.split(" "));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    }

    @Test
    void shouldImportInspectListPredictPromoteAndRollBack() throws IOException {
        Path image = Files.write(directory.resolve("tear.jpg"), TestModels.image(FabricClass.TEAR, 4));
        JsonNode first = json(importing(1, "--json"));
        assertThat(first.get("version").asInt()).isEqualTo(1);
        assertThat(first.get("production").asBoolean()).isTrue();
        assertThat(importing(2).out()).contains("shirts:2", "fovea promote shirts 2");

        JsonNode inspected = json(Run.of("inspect", directory.resolve("2.onnx").toString(), "--json"));
        assertThat(inspected.get("inputs").get(0).get("shape").toString()).contains("batch", "3", "32");
        JsonNode answers = json(inHome("predict", "shirts", image.toString(), "--top", "3", "--json"));
        assertThat(answers.get(0).get("answer").get("top")).hasSize(3);
        assertThat(json(inHome("models", "--json")).get(0).get("production").asInt())
                .isEqualTo(1);

        Run promoted = inHome("promote", "shirts", "2", "--reason", "finds more");
        assertThat(promoted.exit()).as(promoted.err()).isZero();
        assertThat(inHome("canary", "shirts", "1", "5").out()).contains("version 1 gets 5.0 %");
        assertThat(inHome("canary", "shirts", "1", "0").out()).contains("ended");
        assertThat(inHome("rollback", "shirts").out()).contains("version 1 is in production again, in place of 2");
        assertThat(json(inHome("models", "shirts", "--json"))).hasSize(2);
        assertThat(inHome("models").out()).contains("MODEL", "shirts", "hole, none, tear");
    }

    @Test
    void shouldAnswerTheOtherImagesAndExitOneWhenOneIsNoImage() throws IOException {
        importing(1);
        Path good = Files.write(directory.resolve("tear.jpg"), TestModels.image(FabricClass.TEAR, 4));
        Path text = Files.writeString(directory.resolve("notes.jpg"), "nothing to see");
        Run run = inHome(
                "predict",
                "shirts",
                good.toString(),
                text.toString(),
                directory.resolve("none.jpg").toString(),
                "--json");
        assertThat(run.exit()).isEqualTo(1);
        JsonNode rows = new JsonMapper().readTree(run.out());
        assertThat(rows.get(0).get("answer").get("label").asString()).isIn(TestModels.LABELS);
        assertThat(rows.get(1).get("code").asString()).isEqualTo("IMAGE_FORMAT_UNSUPPORTED");
        assertThat(rows.get(2).get("message").asString()).contains("none.jpg");
    }

    @Test
    void shouldReadWhatStandsBesideAModelAndSayFromWhere() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("hub"));
        Files.write(folder.resolve("model.onnx"), TestModels.network(1));
        Files.writeString(
                folder.resolve("config.json"), "{\"id2label\": {\"0\": \"hole\", \"1\": \"none\", \"2\": \"tear\"}}");
        Files.writeString(folder.resolve("preprocessor_config.json"), processor(32));
        Run run = inHome("import", folder.toString(), "--name", "shirts");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "labels: config.json; contract: preprocessor_config.json (resized as Pillow 13 does;",
                        "Imported shirts:1");

        Files.writeString(folder.resolve("preprocessor_config.json"), processor(224));
        assertFails(
                inHome("import", folder.toString(), "--name", "shirts"),
                1,
                "CONTRACT_MISMATCH",
                "224×224",
                "32",
                "--contract");
    }

    @Test
    void shouldSayHowToExportWhatIsNoOnnx() throws IOException {
        Path checkpoint = Files.write(
                directory.resolve("best.pt"), "PK\u0003\u0004 archive/data.pkl".getBytes(StandardCharsets.UTF_8));
        assertFails(
                inHome("import", checkpoint.toString(), "--name", "x"),
                1,
                "MODEL_CORRUPT",
                "PyTorch checkpoint",
                "torch.onnx.export");
        Path weights =
                Files.write(directory.resolve("m.safetensors"), "12345678{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
        assertFails(
                inHome("import", weights.toString(), "--name", "x"), 1, "MODEL_CORRUPT", "safetensors", "optimum-cli");
    }

    @Test
    void shouldNameTheEpochsThatAreTooFew() {
        assertFails(
                inHome("train", directory.toString(), "--name", "x", "--epochs", "0"),
                2,
                "ARGUMENT_INVALID",
                "epochs 0 must be at least 1");
        assertFails(Run.of("inspect", directory.toString()), 1, "MODEL_CORRUPT", "is a folder");
    }

    @Test
    void shouldSayWhatToGiveInsteadOfAFolderOfImages() throws IOException {
        importing(1);
        Path folder = Files.createDirectory(directory.resolve("images"));
        Run run = inHome("predict", "shirts", folder.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("is a folder", folder.resolve("*.jpg").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "0.0001"})
    void shouldSayWhichMinutesThereAre(String minutes) {
        assertFails(
                inHome("train", directory.toString(), "--name", "x", "--minutes", minutes),
                2,
                "ARGUMENT_INVALID",
                "minutes is",
                "0.02");
    }

    @Test
    void shouldPrintNoControlCharactersOfNames() throws IOException {
        importing(1);
        Run run =
                inHome("predict", "shirts", directory.resolve("a\u001b[31m.jpg").toString());
        assertThat(run.err() + run.out()).doesNotContain("\u001b").contains("a\\u001b[31m.jpg");
        Path labels = Files.writeString(directory.resolve("labels.txt"), "a\n\u001b]0;owned\u0007\nc\n");
        Path onnx = Files.write(directory.resolve("m.onnx"), TestModels.network(1));
        assertFails(
                inHome("import", onnx.toString(), "--name", "x", "--labels", labels.toString()),
                1,
                "LABELS_MISMATCH",
                "\\u001b]0;owned",
                "control characters");
    }

    @Test
    void shouldAskForEverythingThatNobodySays() throws IOException {
        Path file = Files.write(directory.resolve("bare.onnx"), TestModels.network(1));
        Files.delete(labels);
        assertFails(
                inHome("import", file.toString()),
                2,
                "ARGUMENT_INVALID",
                "--name NAME",
                "--contract CONTRACT.json",
                "--labels LABELS.txt",
                "--task tensors");
    }

    private static String processor(int edge) {
        return """
                {"image_processor_type": "ViTImageProcessor", "do_resize": true, "do_rescale": true, "do_normalize": true,
                 "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 2,
                 "rescale_factor": 0.00392156862745098, "size": {"height": %1$d, "width": %1$d}}""".formatted(edge);
    }

    @Test
    void shouldDrawIntoAnotherFolderAndNeverOverTheImageItself() throws IOException {
        importing(1);
        byte[] bytes = TestModels.image(FabricClass.TEAR, 4);
        Path image = Files.write(directory.resolve("tear.jpg"), bytes);
        Path drawn = directory.resolve("drawn");
        Run run = inHome("predict", "shirts", image.toString(), "--draw", drawn.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(ImageIO.read(drawn.resolve("tear.jpg").toFile()).getWidth())
                .isEqualTo(ImageIO.read(image.toFile()).getWidth());

        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        for (Path same : List.of(directory, link)) {
            Run over = inHome("predict", "shirts", image.toString(), "--draw", same.toString());
            assertThat(over.exit()).isEqualTo(2);
            assertThat(over.err()).contains("would be written over", "--draw");
        }
        assertThat(Files.readAllBytes(image)).isEqualTo(bytes);
    }

    @Test
    void shouldSayWhatIsNotUnderstoodWithoutAnExceptionOfTheJdk() {
        Run run = inHome("observability", "monitoring", "--availability", "NaN");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Invalid value for option '--availability': 'NaN' is not understood")
                .doesNotContain("Exception");
        assertFails(inHome("drift", "replay", "shirts", "--from", "soon"), 2, "ARGUMENT_INVALID", "--from", "soon");
    }

    @Test
    void shouldNameWhatIsUnknown() {
        importing(1);
        assertFails(inHome("predict", "shoes", "x.jpg"), 1, "MODEL_UNKNOWN", "shoes", "shirts");
        assertFails(inHome("promote", "shirts", "7"), 1, "VERSION_UNKNOWN", "7", "1");
        assertFails(inHome("rollback", "shirts"), 1, "NOTHING_TO_ROLL_BACK", "shirts");
        assertFails(inHome("canary", "shirts", "1", "200"), 2, "ARGUMENT_INVALID", "200");
        assertFails(inHome("models", "shoes"), 1, "MODEL_UNKNOWN", "shoes");
    }

    @Test
    void shouldRefuseLabelsThatDoNotFitTheOutput() throws IOException {
        Files.writeString(labels, "hole\nnone\n");
        assertFails(importing(1), 1, "LABELS_MISMATCH", "3 values", "2 labels");
        Files.writeString(labels, "\n\n");
        assertFails(importing(1), 1, "LABELS_MISMATCH", "labels.txt");
        assertThat(inHome("models").out()).contains("No model is registered");
    }

    @ParameterizedTest
    @CsvSource({"'[32]', '[48]', CONTRACT_MISMATCH", "RGB, GRAY, CONTRACT_MISMATCH", "RGB, PURPLE, CONTRACT_INVALID"})
    void shouldRefuseAContractThatDoesNotFit(String was, String is, String code) throws IOException {
        Files.writeString(contract, TestModels.CONTRACT.replace(was, is));
        assertFails(importing(1), 1, code);
    }

    @Test
    void shouldRefuseAContractThatIsNotJson() throws IOException {
        Files.writeString(contract, "color: RGB");
        assertFails(importing(1), 1, "CONTRACT_INVALID", "contract.json");
    }

    @Test
    void shouldRefuseATruncatedModel() throws IOException {
        byte[] whole = TestModels.network(1);
        Path cut = Files.write(directory.resolve("cut.onnx"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertFails(importing(cut), 1, "MODEL_CORRUPT", "cut.onnx");
        assertFails(Run.of("inspect", cut.toString()), 1, "MODEL_CORRUPT", "cut.onnx");
        assertFails(importing(directory.resolve("none.onnx")), 2, "ARGUMENT_INVALID", "none.onnx");
    }

    @ParameterizedTest
    @CsvSource({
        "needs-onnxruntime-extensions.onnx, MODEL_OPERATOR_UNSUPPORTED",
        "sklearn-lr-non-tensor-output.onnx, MODEL_SIGNATURE_UNSUPPORTED"
    })
    void shouldRefuseAModelThatCannotBeServed(String file, String code) {
        Path model = Path.of(System.getProperty("fovea.shared.data", "absent"), "models", file);
        Assumptions.assumeTrue(Files.exists(model), "skipped: no shared data at " + model);
        assertFails(importing(model), 1, code);
    }

    @Test
    void shouldWriteOverNoImage() throws IOException {
        Path image = directory.resolve("hole.png");
        try (var seen = dev.fovea.imaging.Image.of(new byte[40 * 40 * 3], 40, 40, 3)) {
            Files.write(image, new dev.fovea.imaging.ImageWriter().png(seen));
        }
        byte[] before = Files.readAllBytes(image);
        Run over =
                Run.of("preview", image.toString(), "--contract", contract.toString(), "--png", directory.toString());
        assertThat(over.exit()).isNotZero();
        assertThat(over.err()).contains("hole.png", "another folder");
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
        Path twin = Files.copy(
                image, Files.createDirectory(directory.resolve("other")).resolve("hole.jpg"));
        Run twice = Run.of(
                "preview",
                image.toString(),
                twin.toString(),
                "--contract",
                contract.toString(),
                "--png",
                directory.resolve("out").toString());
        assertThat(twice.exit()).isNotZero();
        assertThat(twice.err()).contains("would both be written");
    }

    @Test
    void shouldWriteWhatANetworkSees() throws IOException {
        Path image = Files.write(directory.resolve("tear.jpg"), TestModels.image(FabricClass.TEAR, 4));
        Path text = Files.writeString(directory.resolve("notes.jpg"), "nothing to see");
        Path seen = directory.resolve("seen");
        Run run = Run.of(
                "preview",
                image.toString(),
                text.toString(),
                "--contract",
                contract.toString(),
                "--png",
                seen.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("notes.jpg", "IMAGE_FORMAT_UNSUPPORTED");
        assertThat(ImageIO.read(seen.resolve("tear.png").toFile()).getWidth()).isEqualTo(32);
        assertThat(seen.resolve("notes.png")).doesNotExist();
    }

    @Test
    void shouldNameThePortThatIsInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Run run = inHome("serve", "--port", Integer.toString(other.getLocalPort()), "--management-port", "0");
            assertFails(run, 2, "CONFIGURATION_INVALID", "server.port", Integer.toString(other.getLocalPort()));
        }
    }

    @Test
    void shouldRefuseToServeTheWorldWithoutKeysAndSayWhy() {
        Run run = inHome("serve", "--host", "0.0.0.0", "--port", "0");
        assertFails(run, 2, "CONFIGURATION_INVALID", "auth.api-keys", "0.0.0.0", "FOVEA_AUTH_API_KEYS", "127.0.0.1");
    }

    @Test
    void shouldNumberAllErrorsOfTheConfigurationWithTheirKeys() throws IOException {
        Files.createDirectories(home);
        Files.writeString(
                home.resolve("fovea.properties"),
                "batching.max-batch-size=0\ninference.allow-spinning=perhaps\nbatching.max-bach-size=8\n");
        Run run = inHome("serve", "--host", "0.0.0.0", "--port", "70000");
        assertFails(run, 2, "CONFIGURATION_INVALID", "5 errors", "did you mean batching.max-batch-size?");
        assertThat(
                        run.err()
                                .lines()
                                .filter(
                                        line -> line.matches(
                                                "  [1-5]\\. (server.port|batching.max-batch-size|inference.allow-spinning|auth.api-keys|batching.max-bach-size): .*")))
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --port 0", "models", "promote shirts 1"})
    void shouldRefuseAHomeOfANewerVersion(String line) throws SQLException {
        assertThat(inHome("models").exit()).isZero();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("fovea.db"));
                Statement statement = database.createStatement()) {
            statement.execute("UPDATE home SET schema_version = 99, program = '7.0.0'");
        }
        assertFails(inHome(line.split(" ")), 2, "HOME_TOO_NEW", home.toString(), "7.0.0", "--home");
    }

    @Test
    void shouldSayThatAHomeCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        home = file.resolve("home");
        assertFails(inHome("models"), 1, "STORAGE_FAILED", file.toString());
    }

    private static void assertFails(Run run, int exit, String code, String... words) {
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).startsWith(code + ": ").doesNotContain("Exception", "\tat ");
        assertThat(List.of(words)).allSatisfy(word -> assertThat(run.err()).contains(word));
    }

    private static JsonNode json(Run run) {
        assertThat(run.exit()).as(run.err()).isZero();
        return new JsonMapper().readTree(run.out());
    }

    private Run importing(long seed, String... more) {
        try {
            Path file = Files.write(directory.resolve(seed + ".onnx"), TestModels.network(seed));
            return importing(file, more);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Run importing(Path file, String... more) {
        List<String> line = new java.util.ArrayList<>(List.of("import", file.toString(), "--name", "shirts"));
        line.addAll(List.of("--contract", contract.toString(), "--labels", labels.toString()));
        line.addAll(List.of(more));
        return inHome(line.toArray(String[]::new));
    }

    private Run inHome(String... line) {
        List<String> whole = new java.util.ArrayList<>(List.of(line));
        whole.addAll(List.of("--home", home.toString()));
        return Run.of(whole.toArray(String[]::new));
    }
}
