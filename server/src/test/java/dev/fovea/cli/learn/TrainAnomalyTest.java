package dev.fovea.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Size;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.Application;
import dev.fovea.server.Run;
import dev.fovea.training.Recipe;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fovea train --anomaly}, on a network with random weights and drawn images. */
class TrainAnomalyTest {

    private static final Recipe RECIPE = new Recipe(Family.RESIDUAL, Scale.SMALL, 64);
    private static final int EDGE = 80;
    private static final int SPOT = 14;
    private static final int GOOD = 26;

    @TempDir
    private Path directory;

    private Path home;
    private Path folder;
    private Path backbone;

    @BeforeEach
    void draw() throws IOException {
        home = directory.resolve("home");
        folder = directory.resolve("tiles");
        for (int i = 0; i < GOOD; i++) {
            write(tile(i), folder.resolve("good").resolve(i + ".png"));
        }
        OnnxModel network = NetworkBuilder.build(RECIPE.family(), RECIPE.scale(), 3, Size.square(64), 9, 7);
        backbone = Files.write(
                directory.resolve("backbone.onnx"),
                FoveaMetadata.written(network, RECIPE.contract(), Map.of()).bytes());
    }

    @Test
    void shouldFindDefectsFromGoodImagesAlone() throws IOException {
        for (int i = 0; i < 8; i++) {
            defect(100 + i, 10 + 6 * i, 50 - 5 * i, "spot");
        }
        JsonNode figures = json(train("--false-alarms", "5%", "--json")).at("/verdict/figures");
        assertThat(figures.at("/threshold/images").asInt()).isGreaterThanOrEqualTo(19);
        assertThat(figures.at("/threshold/rate/value").asDouble()).isLessThanOrEqualTo(0.05);
        assertThat(figures.at("/defects/image_auroc/value").asDouble()).isGreaterThan(0.9);
        assertThat(figures.at("/defects/pixels/auroc").asDouble()).isGreaterThan(0.9);

        Path unseen = directory.resolve("unseen.png");
        write(spotted(777, 50, 20), unseen);
        JsonNode answer = json(run("predict", "tiles", unseen.toString(), "--json"));
        assertThat(answer.findValue("label").asString()).isEqualTo("anomalous");
        JsonNode map = answer.findValue("heat_map");
        double[] centre = centre(map);
        assertThat(centre[0]).isCloseTo((50 + SPOT / 2.0) / EDGE, within(0.1));
        assertThat(centre[1]).isCloseTo((20 + SPOT / 2.0) / EDGE, within(0.1));

        Path drawn = directory.resolve("drawn");
        run("predict", "tiles", unseen.toString(), "--draw", drawn.toString());
        BufferedImage marked = ImageIO.read(drawn.resolve("unseen.jpg").toFile());
        assertThat(isGray(marked.getRGB(50 + SPOT / 2, 20 + SPOT / 2))).isFalse();
        assertThat(isGray(marked.getRGB(5, 75))).isTrue();

        Path good = directory.resolve("usual.png");
        write(tile(888), good);
        assertThat(json(run("predict", "tiles", good.toString(), "--json"))
                        .findValue("label")
                        .asString())
                .isEqualTo("good");
    }

    @Test
    void shouldRegisterTheSameBytesForTheSameSeed() throws IOException {
        for (int i = 0; i < 4; i++) {
            defect(100 + i, 10 + 6 * i, 50 - 5 * i, "spot");
        }
        train("--false-alarms", "5%");
        // the same detector is right on the same images
        assertThat(train("--false-alarms", "5%", "--promote", "if-better").out())
                .contains("Against version 1 in production: No difference shown", "the difference is 0.0 points");
        try (Application application = Application.open(home)) {
            byte[] first = network(application, 1);
            assertThat(network(application, 2)).isEqualTo(first);
            ModelVersion version = application.registry().version("tiles", 1);
            assertThat(version.labels()).containsExactly("good", "anomalous");
            assertThat(version.lineage().settings())
                    .containsEntry("method", "padim")
                    .containsEntry("false_alarms", "0.05")
                    .containsKeys("backbone_sha256", "layers", "seed");
        }
    }

    @Test
    void shouldSayHowManyGoodImagesARateNeeds() {
        assertRefused(refused("--false-alarms", "1%"), "DATASET_INVALID", "99 to learn from (124 in all");
        assertRefused(refused("--false-alarms", "2"), "ARGUMENT_INVALID", "--false-alarms is \"2\"");
        assertRefused(refused("--minutes", "3"), "ARGUMENT_INVALID", "--minutes does not apply with --anomaly");
        assertNothingIsRegistered();
    }

    @Test
    void shouldNameDefectsAmongTheGoodImages() throws IOException {
        write(spotted(500, 30, 30), folder.resolve("good").resolve("spoiled.png"));
        write(spotted(501, 12, 44), folder.resolve("good").resolve("spoiled too.png"));
        Run run = refused("--false-alarms", "5%");
        assertRefused(run, "DATASET_INVALID", "look anomalous themselves: ");
        assertThat(run.err()).contains("--keep-unusual");
        assertNothingIsRegistered();
        assertThat(train("--false-alarms", "5%", "--keep-unusual").out()).contains("Registered tiles:1.");
    }

    @Test
    void shouldRefuseImagesAndBackbonesThatTeachNothing() throws IOException {
        Path equal = directory.resolve("equal");
        for (int i = 0; i < GOOD; i++) {
            write(tile(1), equal.resolve(i + ".png"));
        }
        assertRefused(of(equal, backbone, "--false-alarms", "5%"), "DATASET_INVALID", "different good images");
        GraphBuilder flat = new GraphBuilder("flat");
        String input = flat.input("input", GraphBuilder.BATCH, 3, 64, 64);
        String row = flat.node("Flatten", "row", List.of(input), GraphBuilder.integer("axis", 1));
        String weights = flat.weights("weights", List.of(3L * 64 * 64, 2L), new float[2 * 3 * 64 * 64]);
        flat.node("MatMul", "logits", List.of(row, weights));
        Path linear = Files.write(
                directory.resolve("linear.onnx"),
                FoveaMetadata.written(
                                flat.output("logits", GraphBuilder.BATCH, 2).build(), RECIPE.contract(), Map.of())
                        .bytes());
        assertRefused(of(folder, linear, "--false-alarms", "5%"), "MODEL_SIGNATURE_UNSUPPORTED", "no feature maps");
        Path defects = directory.resolve("defects");
        write(spotted(1, 20, 20), defects.resolve("spot").resolve("1.png"));
        assertRefused(of(defects, backbone), "DATASET_INVALID", "has no good images");
        assertNothingIsRegistered();
    }

    /** Of the highest cells, in parts of the image's width and height. */
    private static double[] centre(JsonNode map) {
        List<Double> values =
                map.get("values").valueStream().map(JsonNode::asDouble).toList();
        double highest = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        int width = map.get("width").asInt();
        int[] cells = IntStream.range(0, values.size())
                .filter(cell -> values.get(cell) >= highest - 0.001)
                .toArray();
        return new double[] {
            Arrays.stream(cells)
                            .mapToDouble(cell -> cell % width + 0.5)
                            .average()
                            .orElseThrow()
                    / width,
            Arrays.stream(cells)
                            .mapToDouble(cell -> cell / width + 0.5)
                            .average()
                            .orElseThrow()
                    / map.get("height").asInt()
        };
    }

    /** As the drawn images are; marks have a colour. */
    private static boolean isGray(int rgb) {
        int red = (rgb >> 16) & 0xff;
        int green = (rgb >> 8) & 0xff;
        return Math.abs(red - green) < 25 && Math.abs(green - 30 - (rgb & 0xff)) < 40;
    }

    private static byte[] network(Application application, int version) {
        return application
                .home()
                .bundles()
                .bundle(application.registry().version("tiles", version).bundleId())
                .model()
                .bytes();
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

    private Run train(String... more) {
        Run run = of(folder, backbone, more);
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private Run refused(String... more) {
        return of(folder, backbone, more);
    }

    private Run of(Path images, Path from, String... more) {
        return Run.of(Stream.concat(
                        Stream.of(
                                "train", images.toString(), "--anomaly", "--name", "tiles", "--from", from.toString()),
                        Stream.concat(Stream.of(more), Stream.of("--home", home.toString())))
                .toArray(String[]::new));
    }

    private Run run(String... arguments) {
        Run run = Run.of(Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString()))
                .toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private static JsonNode json(Run run) {
        return new JsonMapper().readTree(run.out());
    }

    private void defect(int seed, int x, int y, String kind) throws IOException {
        write(spotted(seed, x, y), folder.resolve(kind).resolve(seed + ".png"));
        BufferedImage mask = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = mask.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(x, y, SPOT, SPOT);
        graphics.dispose();
        write(mask, folder.resolve("ground_truth").resolve(kind).resolve(seed + "_mask.png"));
    }

    private static BufferedImage spotted(int seed, int x, int y) {
        BufferedImage image = tile(seed);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0x30, 0x18, 0x10));
        graphics.fillRect(x, y, SPOT, SPOT);
        graphics.dispose();
        return image;
    }

    /** Stripes under noise: tiles of one kind, of which no two are equal. */
    private static BufferedImage tile(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < EDGE; y++) {
            for (int x = 0; x < EDGE; x++) {
                int level = (x / 8 % 2 == 0 ? 150 : 190) + random.nextInt(20);
                image.setRGB(x, y, (level << 16) | (level << 8) | (level - 30));
            }
        }
        return image;
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
