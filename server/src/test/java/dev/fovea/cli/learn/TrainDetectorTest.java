package dev.fovea.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Size;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.Application;
import dev.fovea.server.FoveaServer;
import dev.fovea.server.Run;
import dev.fovea.server.RunningServer;
import dev.fovea.training.Recipe;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fovea train} from drawn images with YOLO boxes, on a backbone with random weights, in two steps. */
class TrainDetectorTest {

    private static final Recipe RECIPE = new Recipe(Family.MOBILE, Scale.SMALL, 64);
    private static final int EDGE = 64;

    @TempDir
    private Path directory;

    private Path home;
    private Path folder;
    private Path backbone;

    @BeforeEach
    void draw() throws IOException {
        home = directory.resolve("home");
        folder = directory.resolve("squares");
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 30; i++) {
            image(i, random);
        }
        Files.writeString(folder.resolve("data.yaml"), "names: [red, blue, green]\n");
        backbone = Files.write(
                directory.resolve("backbone.onnx"),
                FoveaMetadata.written(
                                NetworkBuilder.build(RECIPE.family(), RECIPE.scale(), 3, Size.square(64), 9, 7),
                                RECIPE.contract(),
                                Map.of())
                        .bytes());
    }

    @Test
    void shouldRegisterServeAndEvaluateADetector() throws IOException, InterruptedException {
        Run trained = train("--steps", "2", "--promote", "always");
        assertThat(trained.exit()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("left out: green", "64 × 64 pixels", "YOLO");
        assertThat(trained.out()).contains("mAP50", "red", "blue", "Registered squares:1");
        try (Application application = Application.open(home)) {
            ModelVersion version = application.registry().version("squares", 1);
            assertThat(version.registration().task()).isEqualTo("detection");
            assertThat(version.labels()).containsExactly("red", "blue");
            assertThat(version.lineage().settings())
                    .containsEntry("steps_run", "2")
                    .containsEntry("edge", "64")
                    .containsKeys("backbone_sha256", "boxes_sha256", "detector", "mosaic");
            assertThat(version.registration().quality().metrics()).containsKeys("map50", "map50_low", "map50_to95");
        }
        Run predicted = run("predict", "squares", folder.resolve("images/3.png").toString(), "--json");
        assertThat(predicted.exit()).as(predicted.err()).isZero();
        Run evaluated = run("evaluate", "squares", "--data", folder.toString(), "--json");
        assertThat(evaluated.exit()).as(evaluated.err()).isZero();
        JsonNode json = JsonMapper.shared().readTree(evaluated.out());
        // Images that it learned from are left out: what is left are the test images.
        assertThat(json.at("/data/images").asInt()).isBetween(4, 8);
        assertThat(json.at("/data/learned_from").asInt()
                        + json.at("/data/images").asInt())
                .isEqualTo(30);
        try (FoveaServer server = RunningServer.serve(home, Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> version = client.send(
                    HttpRequest.newBuilder(URI.create(server.address() + "/v1/models/squares/versions/1"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(version.statusCode()).as(version.body()).isEqualTo(200);
            JsonNode shown = JsonMapper.shared().readTree(version.body());
            assertThat(shown.get("labels")).hasSize(2);
            assertThat(shown.hasNonNull("evaluation"))
                    .as("no report of a classifier: those of a detector are among its evaluations")
                    .isFalse();
        }
    }

    @Test
    void shouldRepeatATrainingToTheByteAndCompareWithProduction() {
        assertThat(train("--steps", "2", "--promote", "always").exit()).isZero();
        Run again = train("--steps", "2", "--promote", "if-better");
        assertThat(again.exit()).as(again.err()).isZero();
        try (Application application = Application.open(home)) {
            assertThat(network(application, 2)).isEqualTo(network(application, 1));
            assertThat(application
                            .registry()
                            .model("squares")
                            .promotion()
                            .orElseThrow()
                            .version())
                    .isOne();
            assertThat(application.home().evaluations().list("squares", 1)).hasSize(2);
            assertThat(application.home().evaluations().list("squares", 2)).hasSize(1);
        }
    }

    @Test
    void shouldRefuseWhatDoesNotApply() throws IOException {
        assertThat(run("train", folder.toString(), "--name", "squares").err())
                .contains("ARGUMENT_INVALID: The images of", "have boxes", "Add --from MODEL");
        assertThat(train("--fit", "head").err())
                .contains("ARGUMENT_INVALID: --fit does not apply to images with boxes");
        assertThat(run("train", folder.toString(), "--name", "squares", "--from", backbone.toString(), "--edge", "100")
                        .err())
                .contains("network.edge is 100; it must be a multiple of 32");
        try (Stream<Path> labels = Files.list(folder.resolve("labels"))) {
            for (Path file : labels.toList()) {
                Files.writeString(file, "");
            }
        }
        assertThat(train("--steps", "2").err()).contains("DATASET_INVALID", "no box to learn from");
    }

    private Run train(String... options) {
        return run(Stream.concat(
                        Stream.of(
                                "train",
                                folder.toString(),
                                "--name",
                                "squares",
                                "--from",
                                backbone.toString(),
                                "--edge",
                                "64",
                                "--no-int8"),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private Run run(String... arguments) {
        return Run.of(Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString()))
                .toArray(String[]::new));
    }

    private static byte[] network(Application application, int number) {
        return application
                .home()
                .bundles()
                .bundle(application.registry().version("squares", number).bundleId())
                .model()
                .bytes();
    }

    private void image(int number, SplittableRandom random) throws IOException {
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(90 + random.nextInt(40), 110, 110));
        pen.fillRect(0, 0, EDGE, EDGE);
        StringBuilder boxes = new StringBuilder();
        for (int label : List.of(0, 1)) {
            int size = 14 + random.nextInt(12);
            int left = label * 32 + random.nextInt(32 - size);
            int top = random.nextInt(EDGE - size);
            pen.setColor(label == 0 ? Color.RED : Color.BLUE);
            pen.fillRect(left, top, size, size);
            boxes.append(String.format(
                    Locale.ROOT,
                    "%d %.4f %.4f %.4f %.4f%n",
                    label,
                    (left + size / 2.0) / EDGE,
                    (top + size / 2.0) / EDGE,
                    size / (double) EDGE,
                    size / (double) EDGE));
        }
        pen.dispose();
        Path file = folder.resolve("images").resolve(number + ".png");
        Files.createDirectories(file.getParent());
        Files.createDirectories(folder.resolve("labels"));
        ImageIO.write(image, "png", file.toFile());
        Files.writeString(folder.resolve("labels").resolve(number + ".txt"), boxes);
    }
}
