package dev.fovea.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.Application;
import dev.fovea.server.FoveaServer;
import dev.fovea.server.Run;
import dev.fovea.server.RunningServer;
import dev.fovea.training.Recipe;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code fovea train --task}, on a network with random weights: the colour of a spot, and whether it is light around
 * it. Some images have a label of one of these only.
 */
class TrainTasksTest {

    private static final Recipe RECIPE = new Recipe(Family.RESIDUAL, Scale.SMALL, 64);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int EDGE = 64;
    private static final int IMAGES = 64;
    private static final int ALONE = 6;

    @TempDir
    private Path directory;

    private Path home;
    private Path colour;
    private Path light;
    private Path backbone;

    @BeforeEach
    void draw() throws IOException {
        home = directory.resolve("home");
        colour = directory.resolve("colour");
        light = directory.resolve("light");
        for (int i = 0; i < IMAGES; i++) {
            byte[] image = image(i, isRed(i), isLight(i));
            if (i >= ALONE) {
                write(image, colour.resolve(isRed(i) ? "red" : "blue"), i);
            }
            if (i < IMAGES - ALONE) {
                write(image, light.resolve(isLight(i) ? "bright" : "dim"), i);
            }
        }
        OnnxModel network = NetworkBuilder.build(RECIPE.family(), RECIPE.scale(), 3, Size.square(64), 9, 7);
        backbone = Files.write(
                directory.resolve("backbone.onnx"),
                FoveaMetadata.written(network, RECIPE.contract(), Map.of()).bytes());
    }

    @Test
    void shouldServeOneModelForSeveralTasks() throws IOException {
        JsonNode trained = json(train("--json"));
        assertThat(trained.get("promoted").asBoolean())
                .as(trained.get("reason").asString())
                .isTrue();
        assertThat(trained.at("/tasks/colour/accuracy/value").asDouble()).isEqualTo(1);
        assertThat(trained.at("/tasks/light/accuracy/value").asDouble()).isEqualTo(1);
        JsonNode savings = trained.get("savings");
        assertThat(savings.get("single_bytes").asLong())
                .isGreaterThan(savings.get("bytes").asLong() * 3 / 2);
        assertThat(savings.at("/comparisons/colour/images").asInt()).isPositive();
        assertRegistered();
        Path unseen = directory.resolve("unseen.png");
        Files.write(unseen, image(900, false, true));
        assertThat(run("predict", "shirts", unseen.toString()).out())
                .contains("TASK", "colour", "blue", "light", "bright");
        try (FoveaServer server = RunningServer.serve(home, Map.of())) {
            JsonNode answer = predict(server, image(901, true, false));
            assertThat(answer.get("task").asString()).isEqualTo("multi-task");
            assertThat(answer.get("label").isNull()).isTrue();
            assertThat(answer.at("/tasks/colour/label").asString()).isEqualTo("red");
            assertThat(answer.at("/tasks/light/label").asString()).isEqualTo("dim");
            assertThat(answer.at("/tasks/light/top").size()).isEqualTo(2);
            assertThat(predict(server, image(901, true, false)).get("cached").asBoolean())
                    .isTrue();
            assertThat(predict(server, image(901, true, false)).get("tasks")).isEqualTo(answer.get("tasks"));
            assertEvaluatedByTask(server);
            assertJudgedByTask(server);
        }
    }

    @Test
    void shouldCompareWithProductionTaskByTask() {
        train();
        Run again = train("--promote", "if-better");
        assertThat(again.out())
                .contains("Against version 1 in production: no difference shown for any task.")
                .contains("colour: No difference shown")
                .contains("light: No difference shown")
                .contains("Production is still version 1");
        try (Application application = Application.open(home)) {
            assertThat(network(application, 2)).isEqualTo(network(application, 1));
        }
    }

    @Test
    void shouldRefuseWhatAreNoSeveralTasks() throws IOException {
        assertRefused(of(List.of("colour=" + colour)), "ARGUMENT_INVALID", "1 task is not several");
        assertRefused(
                of(List.of("colour=" + colour, "colour=" + light)),
                "ARGUMENT_INVALID",
                "Two tasks are named \"colour\"");
        assertRefused(of(List.of("Colour=" + colour, "light=" + light)), "ARGUMENT_INVALID", "small letters");
        assertRefused(of(List.of("colour", "light=" + light)), "ARGUMENT_INVALID", "a name and a folder");
        assertRefused(
                of(List.of("colour=" + colour, "light=" + light), "--minutes", "3"),
                "ARGUMENT_INVALID",
                "--minutes does not apply with --task");
        Path one = directory.resolve("one");
        write(image(1, true, true), one.resolve("only"), 1);
        write(image(2, true, true), one.resolve("only"), 2);
        assertRefused(of(List.of("colour=" + colour, "one=" + one)), "DATASET_INVALID", "Task one: ");
        try (Application application = Application.open(home)) {
            assertThat(application.registry().models()).isEmpty();
        }
    }

    @Test
    void shouldSayWhichImagesHaveTwoLabelsOfATask() throws IOException {
        write(image(20, isRed(20), isLight(20)), colour.resolve(isRed(20) ? "blue" : "red"), 20);
        assertThat(train().err())
                .contains("Task colour: 1 image is in several classes and left out: ")
                .contains("blue/20.png", "red/20.png");
    }

    private void assertRegistered() {
        try (Application application = Application.open(home)) {
            ModelVersion version = application.registry().version("shirts", 1);
            assertThat(version.registration().task()).isEqualTo("multi-task");
            assertThat(version.labels()).containsExactly("colour=blue", "colour=red", "light=bright", "light=dim");
            assertThat(application
                            .home()
                            .bundles()
                            .bundle(version.bundleId())
                            .model()
                            .outputs())
                    .extracting(TensorSpec::name)
                    .containsExactly("colour", "light");
            assertThat(application.home().bundles().manifest(version.bundleId()).postprocessing())
                    .isInstanceOfSatisfying(
                            Postprocessing.MultiTask.class,
                            tasks -> assertThat(tasks.heads()).hasSize(2));
            assertThat(version.metric("colour.accuracy")).contains(1.0);
        }
    }

    /** Each task has an evaluation of its own, as a classifier has. */
    private static void assertEvaluatedByTask(FoveaServer server) throws IOException {
        JsonNode evaluations =
                get(server, "/v1/models/shirts/versions/1/evaluations").get("evaluations");
        assertThat(evaluations.valueStream().map(each -> each.at("/data/name").asString()))
                .containsExactlyInAnyOrder("colour: colour", "light: light");
        JsonNode version = get(server, "/v1/models/shirts/versions/1");
        assertThat(version.get("labels").valueStream().map(JsonNode::asString)).contains("light=dim");
    }

    /** What is true may be known of some tasks only; the others are then not judged. */
    private static void assertJudgedByTask(FoveaServer server) throws IOException {
        List<String> truths = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String id = predict(server, image(500 + i, isRed(i), isLight(i)))
                    .get("request_id")
                    .asString();
            String red = isRed(i) != (i % 8 == 0) ? "red" : "blue";
            String bright = isLight(i) ? "bright" : "dim";
            truths.add(
                    i % 2 == 0
                            ? "{\"request_id\": \"%s\", \"labels\": [\"colour=%s\"]}".formatted(id, red)
                            : "{\"request_id\": \"%s\", \"labels\": [\"colour=%s\", \"light=%s\"]}"
                                    .formatted(id, red, bright));
        }
        await().atMost(LIMIT)
                .until(() -> get(server, "/v1/models/shirts/accuracy")
                                .at("/window/predictions")
                                .asInt()
                        >= 40);
        JsonNode receipt = post(
                server,
                "/v1/models/shirts/truth",
                "application/json",
                "{\"truths\": [%s]}".formatted(String.join(",", truths)).getBytes(StandardCharsets.UTF_8));
        assertThat(receipt.get("joined").asInt()).as(receipt.toString()).isEqualTo(40);

        JsonNode known = get(server, "/v1/models/shirts/accuracy").at("/findings/known");

        assertThat(known.at("/exact/value").asDouble()).as(known.toString()).isEqualTo(0.875);
        for (JsonNode label : known.get("classes")) {
            double precision = label.at("/precision/value").asDouble();
            double recall = label.at("/recall/value").asDouble();
            switch (label.get("label").asString()) {
                case "colour=red" -> assertThat(precision).isEqualTo(0.75);
                case "colour=blue" -> assertThat(recall).isEqualTo(0.8);
                default -> assertThat(precision + recall).as(label.toString()).isEqualTo(2);
            }
        }
    }

    private static boolean isRed(int number) {
        return number % 4 < 2;
    }

    private static boolean isLight(int number) {
        return number % 2 == 0;
    }

    private Run train(String... more) {
        Run run = of(List.of("colour=" + colour, "light=" + light), more);
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private Run of(List<String> tasks, String... more) {
        return Run.of(Stream.of(
                        Stream.of("train"),
                        tasks.stream().flatMap(task -> Stream.of("--task", task)),
                        Stream.of("--name", "shirts", "--from", backbone.toString()),
                        Stream.of(more),
                        Stream.of("--home", home.toString()))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private Run run(String... arguments) {
        Run run = Run.of(Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString()))
                .toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private static void assertRefused(Run run, String code, String words) {
        assertThat(run.exit()).as(run.out()).isNotZero();
        assertThat(run.err()).contains(code, words);
    }

    private static JsonNode json(Run run) {
        return new JsonMapper().readTree(run.out());
    }

    private static byte[] network(Application application, int version) {
        return application
                .home()
                .bundles()
                .bundle(application.registry().version("shirts", version).bundleId())
                .model()
                .bytes();
    }

    private static JsonNode predict(FoveaServer server, byte[] image) throws IOException {
        return post(server, "/v1/models/shirts/predict", "image/png", image);
    }

    private static JsonNode post(FoveaServer server, String path, String type, byte[] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(server.address() + path).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", type);
        connection.getOutputStream().write(body);
        try (InputStream answer = connection.getInputStream()) {
            return new JsonMapper().readTree(answer);
        }
    }

    private static JsonNode get(FoveaServer server, String path) throws IOException {
        try (InputStream body = URI.create(server.address() + path).toURL().openStream()) {
            return new JsonMapper().readTree(body);
        }
    }

    private static void write(byte[] image, Path folder, int number) throws IOException {
        Files.write(Files.createDirectories(folder).resolve(number + ".png"), image);
    }

    /** Grey bars, so that no two images look alike, with a spot before them. */
    private static byte[] image(int seed, boolean red, boolean isLight) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        int grey = (isLight ? 190 : 50) + random.nextInt(20);
        graphics.setColor(new Color(grey, grey, grey));
        graphics.fillRect(0, 0, EDGE, EDGE);
        for (int bar = 0; bar < 5; bar++) {
            int shade = grey - 30 + random.nextInt(60);
            graphics.setColor(new Color(shade, shade, shade));
            graphics.fillRect(
                    random.nextInt(EDGE), random.nextInt(EDGE), 8 + random.nextInt(24), 8 + random.nextInt(24));
        }
        graphics.setColor(red ? new Color(200, 30, 30) : new Color(30, 30, 200));
        graphics.fillOval(8 + random.nextInt(16), 8 + random.nextInt(16), 28, 28);
        graphics.dispose();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
