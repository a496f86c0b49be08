package dev.fovea.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.imaging.Size;
import dev.fovea.model.Bundle;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.Application;
import dev.fovea.server.Run;
import dev.fovea.training.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

/** {@code fovea train --from}: a head on a network with random weights, which tells colours apart as it is. */
class TrainFromBackboneTest {

    private static final Recipe RECIPE = new Recipe(Family.MOBILE, Scale.SMALL, 32);
    private static final int EDGE = 40;
    private static final int RED = 0xc03020;
    private static final int BLUE = 0x2030c0;

    @TempDir
    private Path directory;

    private Path home;
    private Path folder;
    private Path contract;
    private Path bare;
    private Path carrying;

    @BeforeEach
    void draw() throws IOException {
        home = directory.resolve("home");
        folder = directory.resolve("colours");
        for (int i = 0; i < 20; i++) {
            image(folder.resolve("red").resolve(i + ".png"), RED, i);
            image(folder.resolve("blue").resolve(i + ".png"), BLUE, 100 + i);
        }
        OnnxModel network = NetworkBuilder.build(RECIPE.family(), RECIPE.scale(), 3, Size.square(32), 9, 7);
        contract = Files.writeString(
                directory.resolve("contract.json"), PreprocessingContractJson.write(RECIPE.contract()));
        bare = Files.write(directory.resolve("bare.onnx"), network.bytes());
        carrying = Files.write(
                directory.resolve("carrying.onnx"),
                FoveaMetadata.written(network, RECIPE.contract(), Map.of(FoveaMetadata.LICENCE, "MIT"))
                        .bytes());
    }

    @Test
    void shouldServeTheSameHeadForTheSameSeed() throws IOException {
        JsonNode trained = json(train(carrying.toString(), "--promote", "always", "--json"));
        assertThat(trained.at("/training/head/features").asInt()).isPositive();
        assertThat(trained.at("/training/head/baselines")).hasSize(2);
        assertThat(trained.at("/training/epochs").isNumber()).isFalse();
        Path unseen = directory.resolve("unseen.png");
        image(unseen, RED, 999);
        assertThat(json(run("predict", "colours", unseen.toString(), "--json"))
                        .findValue("label")
                        .asString())
                .isEqualTo("red");
        assertThat(cached()).isPositive();

        train(carrying.toString());
        removeCache();
        train(carrying.toString());
        byte[] first = network(1);
        assertThat(network(2)).isEqualTo(first);
        assertThat(network(3)).isEqualTo(first);
        assertThat(FoveaMetadata.licence(OnnxModel.parse(first, "first"))).contains("MIT");
    }

    /** 150 images of one class and 3 of the other: 1 of those is a test image. */
    @Test
    void shouldCompareAClassifierOfADominantClassWithAnAnomalyDetector() throws IOException {
        Path uneven = directory.resolve("uneven");
        for (int i = 0; i < 150; i++) {
            image(uneven.resolve(i < 120 ? "train" : "test").resolve("red").resolve(i + ".png"), RED, i);
        }
        for (int i = 0; i < 3; i++) {
            image(uneven.resolve(i < 2 ? "train" : "test").resolve("blue").resolve(i + ".png"), BLUE, 500 + i);
        }
        Run trained = run("train", uneven.toString(), "--name", "uneven", "--from", carrying.toString(), "--no-int8");
        assertThat(trained.out())
                .contains(
                        "\"red\" has 60 training images for each one of the next class, so an anomaly detector was learned from 120 images of \"red\" alone",
                        "On 30 held-out images of \"red\" and 1 of other classes, with at most 0 false alarms each, the classifier finds 1 (100.0 %",
                        "add --anomaly to the command");
    }

    @Test
    void shouldGoOnFromARegisteredVersion() {
        train(bare.toString(), "--contract", contract.toString());
        Run again = train("colours:1", "--seed", "2");
        assertThat(again.out()).contains("Registered colours:2.");
        try (Application application = Application.open(home)) {
            ModelVersion version = application.registry().version("colours", 2);
            assertThat(version.lineage().settings())
                    .containsEntry("backbone", "colours:1")
                    .containsEntry("fit", "head")
                    .containsKeys("backbone_sha256", "c", "input_view");
        }
    }

    @Test
    void shouldNameWhatABackboneLacks() throws IOException {
        assertRefused(refused(folder, bare), "ARGUMENT_INVALID", "--contract CONTRACT.json");
        GraphBuilder text = new GraphBuilder("text");
        text.node("Identity", "out", List.of(text.input("tokens", GraphBuilder.BATCH, 128)));
        Path tokens = Files.write(
                directory.resolve("text.onnx"),
                text.output("out", GraphBuilder.BATCH, 128).build().bytes());
        assertRefused(refused(folder, tokens), "MODEL_SIGNATURE_UNSUPPORTED", "tokens float[batch, 128]");
        assertRefused(
                refused(folder, carrying, "--cut", "nothing"), "ARGUMENT_INVALID", "--cut nothing names no tensor");
        assertRefused(refused(folder, Path.of("unknown")), "MODEL_UNKNOWN", "\"unknown\" is no registered model");
        assertRefused(
                refused(folder, carrying, "--fit", "head", "--epochs", "3"),
                "ARGUMENT_INVALID",
                "schedule.epochs does not apply");
        assertRefused(refused(folder, carrying, "--steps", "many"), "ARGUMENT_INVALID", "schedule.steps is \"many\"");
        assertNothingIsRegistered();
    }

    @Test
    void shouldLearnAllWeightsAndRepeatIt() {
        Run first = train(carrying.toString(), "--steps", "6, 8 from 3");
        train(carrying.toString(), "--fit", "network", "--steps", "6, 8 from 3");
        assertThat(network(2)).isEqualTo(network(1));
        assertThat(first.out()).contains("Training ran all its epochs");
        try (Application application = Application.open(home)) {
            assertThat(application.registry().version("colours", 1).lineage().settings())
                    .containsEntry("fit", "network")
                    .containsKeys("backbone_sha256", "first_layer_rate", "learning_rate");
        }
    }

    @Test
    void shouldLearnFromTeachersBesideTheLabels() throws IOException {
        train(carrying.toString(), "--json");
        Run head = train(carrying.toString(), "--teacher", "colours:1");
        assertThat(head.err())
                .contains(
                        "The teacher colours:1 predicts",
                        "some of which it may have learned from",
                        "On this machine the student takes");
        assertThat(head.out())
                .contains("help the head", "right in cross-validation instead of", "Registered colours:2.");
        train(carrying.toString(), "--steps", "6");
        train(carrying.toString(), "--steps", "6", "--teacher", "colours:1", "--teacher-weight", "0.9");
        Run again = train(carrying.toString(), "--steps", "6", "--teacher", "colours:1", "--teacher-weight", "0.9");
        assertThat(network(5)).isEqualTo(network(4));
        assertThat(again.err()).contains("Whether the teacher helped the whole network is not known");
        try (Application application = Application.open(home)) {
            assertThat(application.registry().version("colours", 4).lineage().settings())
                    .containsEntry("teachers", "colours:1")
                    .containsEntry("teacher_weight", "0.9")
                    .containsEntry("teacher_temperature", "2.0");
            assertThat(application.registry().version("colours", 3).lineage().settings())
                    .doesNotContainKey("teachers");
        }
    }

    @Test
    void shouldNameWhatATeacherLacks() throws IOException {
        Path others = directory.resolve("others");
        for (int i = 0; i < 20; i++) {
            image(others.resolve("crimson").resolve(i + ".png"), RED, i);
            image(others.resolve("navy").resolve(i + ".png"), BLUE, 100 + i);
        }
        run("train", others.toString(), "--name", "others", "--from", carrying.toString(), "--no-int8");
        assertRefused(
                refused(folder, carrying, "--teacher", "others"),
                "LABELS_MISMATCH",
                "The teacher others:1 has the classes crimson, navy; the images have blue, red. No class is in both.");
        assertRefused(refused(folder, carrying, "--teacher", "absent"), "MODEL_UNKNOWN", "absent");
        assertRefused(refused(folder, carrying, "--teacher", "large.onnx/x"), "ARGUMENT_INVALID", "fovea import");
        assertRefused(
                refused(folder, carrying, "--teacher", "others", "--teacher", "others"),
                "ARGUMENT_INVALID",
                "each teacher may be there once");
        assertRefused(
                refused(folder, carrying, "--teacher", "others", "--teacher-weight", "0.8"),
                "ARGUMENT_INVALID",
                "for a head it must be at most 0.5");
        assertRefused(refused(folder, carrying, "--teacher-temperature", "3"), "ARGUMENT_INVALID", "no teachers");
        assertRefused(
                refused(folder, carrying, "--teacher", "others", "--anomaly"),
                "ARGUMENT_INVALID",
                "an anomaly detector learns without one");
    }

    /** 40 pixels are magnified to the least that a network of 128 is given. */
    @Test
    void shouldLearnAtTheSizeOfTheImagesOrAtAStatedOne() throws IOException {
        Recipe large = new Recipe(Family.MOBILE, Scale.SMALL, 128);
        OnnxModel network = NetworkBuilder.build(large.family(), large.scale(), 3, Size.square(128), 9, 7);
        Path wide = Files.write(
                directory.resolve("wide.onnx"),
                FoveaMetadata.written(network, large.contract(), Map.of()).bytes());
        Run automatic = train(wide.toString(), "--steps", "2");
        Run stated = train(wide.toString(), "--steps", "2", "--edge", "64");
        assertThat(automatic.err()).contains("The network learns and serves at 96 × 96 pixels");
        assertThat(stated.err()).doesNotContain("learns and serves at");
        assertThat(served(1)).isIn(96, 128); // 128 where the head alone stays
        assertThat(served(2)).isIn(64, 128);
    }

    private int served(int version) {
        try (Application application = Application.open(home)) {
            Bundle bundle = application
                    .home()
                    .bundles()
                    .bundle(application.registry().version("colours", version).bundleId());
            return bundle.manifest().contract().orElseThrow().outputSize().width();
        }
    }

    @Test
    void shouldNameOperatorsThatCannotBeTrainedBeforeItReadsAnImage() throws IOException {
        GraphBuilder graph = new GraphBuilder("odd");
        String x = graph.input("x", GraphBuilder.BATCH, 3, 32, 32);
        graph.node("Hardmax", "sharp", List.of(x), GraphBuilder.integer("axis", 1));
        String pooled = graph.node("GlobalAveragePool", "pooled", List.of("sharp"));
        String flat = graph.node("Flatten", "flat", List.of(pooled));
        String weights = graph.weights("w", List.of(3L, 2L), new float[] {1, 2, 3, 4, 5, 6});
        graph.node("MatMul", "y", List.of(flat, weights));
        Path odd = Files.write(
                directory.resolve("odd.onnx"),
                FoveaMetadata.written(graph.output("y", GraphBuilder.BATCH, 2).build(), RECIPE.contract(), Map.of())
                        .bytes());
        assertRefused(
                refused(directory.resolve("absent"), odd, "--fit", "network"),
                "MODEL_OPERATOR_UNSUPPORTED",
                "Hardmax (sharp)");
    }

    @Test
    void shouldRefuseImagesThatTeachNothing() throws IOException {
        Path noise = directory.resolve("noise");
        for (int i = 0; i < 40; i++) {
            image(noise.resolve(i % 2 == 0 ? "one" : "two").resolve(i + ".png"), i % 4 < 2 ? RED : BLUE, i);
        }
        assertRefused(refused(noise, carrying), "DATASET_INVALID", "no better than chance");
        image(folder.resolve("green").resolve("0.png"), 0x20c030, 500);
        assertRefused(refused(folder, carrying), "DATASET_INVALID", "green in");
        assertNothingIsRegistered();
    }

    private void assertNothingIsRegistered() {
        try (Application application = Application.open(home)) {
            assertThat(application.registry().models()).isEmpty();
        }
    }

    private static void assertRefused(Run run, String code, String words) {
        assertThat(run.exit()).as(run.out()).isNotZero();
        assertThat(run.err()).contains(code, words);
    }

    private Run refused(Path images, Path backbone, String... more) {
        return Run.of(Stream.concat(
                        Stream.of("train", images.toString(), "--name", "colours", "--from", backbone.toString()),
                        Stream.concat(Stream.of(more), Stream.of("--no-int8", "--home", home.toString())))
                .toArray(String[]::new));
    }

    private Run train(String backbone, String... more) {
        return run(Stream.concat(
                        Stream.of("train", folder.toString(), "--name", "colours", "--from", backbone, "--no-int8"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Run run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.toString();
        Run run = Run.of(all);
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private static JsonNode json(Run run) {
        return new JsonMapper().readTree(run.out());
    }

    private byte[] network(int version) {
        try (Application application = Application.open(home)) {
            Bundle bundle = application
                    .home()
                    .bundles()
                    .bundle(application.registry().version("colours", version).bundleId());
            assertThat(bundle.model().proto().getGraph().getInitializerList())
                    .extracting(TensorProto::getName)
                    .contains("head.weights", "head.bias");
            return bundle.model().bytes();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(home.resolve("cache").resolve("features"))) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    private int cached() throws IOException {
        return files().size();
    }

    private void removeCache() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    /** A colour under noise, so that no two images look alike. */
    private static void image(Path file, int colour, int seed) throws IOException {
        Files.createDirectories(file.getParent());
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        int block = 3 + random.nextInt(6);
        int[] noise = random.ints(EDGE * EDGE, 0, 0x40).toArray();
        for (int y = 0; y < EDGE; y++) {
            for (int x = 0; x < EDGE; x++) {
                int n = noise[y / block * EDGE + x / block];
                image.setRGB(x, y, colour + (n << 16) + (n / 2 << 8) + n / 2);
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
