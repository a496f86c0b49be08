package dev.fovea.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Size;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.Application;
import dev.fovea.server.Run;
import dev.fovea.training.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fovea train --bar}: a search on a network with random weights, which tells colours apart as it is. */
class TrainByBarTest {

    private static final Recipe RECIPE = new Recipe(Family.MOBILE, Scale.SMALL, 96);
    private static final int EDGE = 40;

    @TempDir
    private Path directory;

    private Path home;
    private Path folder;

    @BeforeEach
    void draw() throws IOException {
        home = directory.resolve("home");
        folder = directory.resolve("colours");
        for (int i = 0; i < 30; i++) {
            image(folder.resolve("red").resolve(i + ".png"), 0xc03020, i);
            image(folder.resolve("blue").resolve(i + ".png"), 0x2030c0, 100 + i);
        }
        Path backbones = Files.createDirectories(home.resolve("backbones"));
        Files.write(
                backbones.resolve("drawn.onnx"),
                FoveaMetadata.written(
                                NetworkBuilder.build(RECIPE.family(), RECIPE.scale(), 3, Size.square(96), 9, 7),
                                RECIPE.contract(),
                                Map.of(FoveaMetadata.LICENCE, "MIT"))
                        .bytes());
    }

    @Test
    void theSmallestThatClearsTheBarIsRegisteredAndServed() throws IOException {
        Run searched = search("accuracy >= 0.75, size <= 1MB", "--json");

        JsonNode result = json(searched);
        JsonNode candidates = result.at("/search/candidates");
        String winner = result.at("/search/winner").asString();
        JsonNode chosen = candidates
                .valueStream()
                .filter(row -> row.get("name").asString().equals(winner))
                .findFirst()
                .orElseThrow();
        assertThat(result.at("/registered/version").asInt()).isEqualTo(1);
        assertThat(result.at("/search/test/verdict").asString()).isIn("shown", "agrees");
        assertThat(chosen.at("/cleared").asBoolean()).isTrue();
        assertThat(chosen.at("/cost/latency/runs").asInt()).isPositive();
        assertThat(candidates
                        .valueStream()
                        .filter(row -> row.get("cleared").asBoolean())
                        .mapToDouble(row -> row.at("/cost/bytes").asDouble()))
                .allSatisfy(bytes -> assertThat(1.02 * bytes)
                        .isGreaterThanOrEqualTo(chosen.at("/cost/bytes").asDouble()));
        try (Application application = Application.open(home)) {
            ModelVersion version = application.registry().version("colours", 1);
            assertThat(version.registration().size().sizeBytes())
                    .isEqualTo(chosen.at("/cost/bytes").asLong());
            assertThat(version.lineage().settings())
                    .containsEntry("bar", "accuracy >= 0.75, size <= 1MB")
                    .containsEntry("backbone", "drawn");
        }
        Path unseen = directory.resolve("unseen.png");
        image(unseen, 0xc03020, 999);
        assertThat(json(run("predict", "colours", unseen.toString(), "--json"))
                        .findValue("label")
                        .asString())
                .isEqualTo("red");
    }

    /** Labels are partly noise: half of what is named blue is red. */
    @Test
    void whereNoneClearsTheBarTheReasonAndTheBestAreSaidAndNothingIsRegistered() throws IOException {
        for (int i = 0; i < 30; i++) {
            image(folder.resolve("blue").resolve("other" + i + ".png"), 0xc03020, 2000 + i);
        }

        Run searched = search("recall(blue) >= 0.9", "--minutes", "0.6");

        assertThat(searched.out().replaceAll("\\s+", " "))
                .startsWith("None of ")
                .contains("the target 90.0 %", "recall(blue) >= 0.9 is not shown")
                .containsPattern("Register the best anyway: fovea train .* --bar \"recall\\(blue\\) >= 0.\\d+\"");
        try (Application application = Application.open(home)) {
            assertThat(application.registry().find("colours")).isEmpty();
        }
        JsonNode run = json(run("runs", "--model", "colours", "--json")).at("/runs/0");
        assertThat(run.at("/subject/work").asString()).isEqualTo("train-search");
        assertThat(run.at("/status/state").asString()).isEqualTo("done");
        assertThat(run.at("/subject/version").isNull()).isTrue();
        assertThat(run.at("/metrics/candidates").asDouble()).isPositive();
        JsonNode report = json(run("jobs", "show", run.at("/subject/job").asString(), "--json"))
                .at("/report");
        JsonNode rows = report.at("/search/candidates");
        assertThat(rows.valueStream().filter(row -> row.get("front").asBoolean()))
                .isNotEmpty()
                .allSatisfy(
                        row -> assertThat(row.at("/cost/latency/runs").asInt()).isPositive());
        assertThat(rows.valueStream().map(row -> row.get("name"))).contains(report.at("/search/best/name"));
        assertThat(report.at("/search/winner").isNull()).isTrue();
        assertThat(report.at("/diagnosis/standing").asString()).isIn("missed", "open");
    }

    @Test
    void whatCannotBeShownIsRefusedBeforeAnythingIsComputed() {
        assertRefused("accuracy >= .9, accuracy <= .5", "ARGUMENT_INVALID", "contradict each other");
        assertRefused("recall(green) >= 0.9", "ARGUMENT_INVALID", "Its classes are blue, red");
        assertRefused("accuracy >= 0.99", "DATASET_INVALID", "are needed. Add images");
        Run brief = command("f1(red) >= 0.5", "--minutes", "0.02");
        assertThat(brief.exit()).isNotZero();
        assertThat(brief.err()).contains("ARGUMENT_INVALID", "minutes is 0.02");
        assertThat(home.resolve("cache")).doesNotExist();
    }

    @Test
    void imagesWithBoxesAreRefused() throws IOException {
        Path boxed = directory.resolve("boxed");
        image(boxed.resolve("images").resolve("0.png"), 0xc03020, 1);
        Files.createDirectories(boxed.resolve("labels"));
        Files.writeString(boxed.resolve("labels").resolve("0.txt"), "0 0.5 0.5 0.2 0.2\n");
        Files.writeString(boxed.resolve("data.yaml"), "path: .\ntrain: images\nval: images\nnames: [hole]\n");

        Run refused =
                Run.of("train", boxed.toString(), "--name", "x", "--bar", "accuracy >= 0.5", "--home", home.toString());

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("DATASET_INVALID", "a bar is for classifiers");
    }

    private void assertRefused(String bar, String code, String message) {
        Run refused = command(bar);
        assertThat(refused.exit()).as(refused.out()).isNotZero();
        assertThat(refused.err()).contains(code, message);
    }

    private Run search(String bar, String... options) {
        Run run = command(bar, options);
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private Run command(String bar, String... options) {
        return Run.of(Stream.concat(
                        Stream.of("train", folder.toString(), "--name", "colours", "--bar", bar),
                        Stream.concat(Arrays.stream(options), Stream.of("--home", home.toString())))
                .toArray(String[]::new));
    }

    private Run run(String... arguments) {
        Run run = Run.of(Stream.concat(Arrays.stream(arguments), Stream.of("--home", home.toString()))
                .toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private static JsonNode json(Run run) {
        return new JsonMapper().readTree(run.out());
    }

    private static void image(Path file, int rgb, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < EDGE; y++) {
            for (int x = 0; x < EDGE; x++) {
                int noise = random.nextInt(24);
                image.setRGB(x, y, rgb + noise * 0x010101);
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
