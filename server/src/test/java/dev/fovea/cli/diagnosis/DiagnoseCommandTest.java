package dev.fovea.cli.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Size;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.server.Run;
import dev.fovea.training.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drawn images of colours, with a known reason why they cannot be told apart. */
class DiagnoseCommandTest {

    private static final int EDGE = 32;
    private static final int RED = 0xc03020;
    private static final int BLUE = 0x2030c0;
    private static final int GREEN = 0x20a030;
    private static final int IMAGES = 20;

    @TempDir
    private Path directory;

    private Path folder;
    private Path backbone;

    @BeforeEach
    void draw() throws IOException {
        Recipe recipe = new Recipe(Family.MOBILE, Scale.SMALL, 32);
        backbone = Files.write(
                directory.resolve("backbone.onnx"),
                FoveaMetadata.written(
                                NetworkBuilder.build(recipe.family(), recipe.scale(), 3, Size.square(32), 9, 7),
                                recipe.contract(),
                                Map.of())
                        .bytes());
        folder = directory.resolve("colours");
    }

    @Test
    void shouldNameTheClassesThatLookAlike() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            image("blue", BLUE, i, i);
            image("scarlet", RED, 100 + i, i);
            image("crimson", RED, 200 + i, i);
        }
        JsonNode diagnosis = read("accuracy >= 0.95");
        assertThat(diagnosis.at("/standing").asString()).isEqualTo("missed");
        assertThat(diagnosis.at("/verdict").asString()).contains("accuracy is", "the target 95.0 % is missed");
        JsonNode alike = finding(diagnosis, "classes-alike");
        assertThat(alike.at("/sentence").asString())
                .contains("crimson", "scarlet")
                .doesNotContain("blue");
        assertThat(alike.at("/score_after/value").asDouble()).isGreaterThan(0.95);
        assertThat(diagnosis.at("/curve/points").size()).isGreaterThanOrEqualTo(3);
        Run text = diagnose("--target", "recall(blue) >= 0.5");
        assertThat(text.out()).contains("the target 50.0 % is reached", "IMAGES OF EACH CLASS");
    }

    @Test
    void shouldSayThatLabelsAreNoBetterThanChance() throws IOException {
        for (int i = 0; i < 2 * IMAGES; i++) {
            image(i % 2 == 0 ? "one" : "two", i % 4 < 2 ? RED : BLUE, i, i);
        }
        JsonNode diagnosis = read("accuracy >= 0.95");
        assertThat(diagnosis.at("/findings/0/cause").asString()).isEqualTo("no-better-than-chance");
        assertThat(diagnosis.at("/findings/0/standing").asString()).isEqualTo("blocks");
        assertThat(diagnosis.at("/verdict").asString()).contains("no better than chance");
    }

    @Test
    void shouldExpectWhatCorrectedLabelsBring() throws IOException {
        for (int i = 0; i < 2 * IMAGES; i++) {
            image(i % IMAGES == 0 ? "blue" : "red", RED, i, i);
            image(i % IMAGES == 0 ? "green" : "blue", BLUE, 100 + i, i);
            image("green", GREEN, 200 + i, i);
        }
        JsonNode diagnosis = read("accuracy >= 0.999");
        JsonNode labels = finding(diagnosis, "wrong-labels");
        assertThat(labels.at("/score_after/value").asDouble())
                .isGreaterThan(diagnosis.at("/score/value").asDouble());
        assertThat(labels.at("/examples").toString()).contains("likely red");
    }

    @Test
    void shouldNameWhatIsMissing() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            image("blue", BLUE, i, i);
            image("red", RED, 100 + i, i);
        }
        assertRefused(diagnose("--target", "recall(hole) >= 0.9"), "ARGUMENT_INVALID", "the images have blue, red");
        assertRefused(diagnose("--target", "speed"), "ARGUMENT_INVALID", "\"speed\" is not understood");
        assertRefused(
                Run.of("diagnose", folder.toString(), "--home", home()),
                "ARGUMENT_INVALID",
                "fovea backbones add efficientnet-lite0");
        image("green", GREEN, 300, 1);
        assertRefused(diagnose(), "DATASET_INVALID", "The class green");
    }

    private static void assertRefused(Run run, String code, String words) {
        assertThat(run.exit()).as(run.out()).isNotZero();
        assertThat(run.err()).contains(code, words);
    }

    private static JsonNode finding(JsonNode diagnosis, String cause) {
        for (JsonNode finding : diagnosis.at("/findings")) {
            if (finding.at("/cause").asString().equals(cause)) {
                return finding;
            }
        }
        throw new AssertionError("no " + cause + " in " + diagnosis);
    }

    private String home() {
        return directory.resolve("home").toString();
    }

    private Run diagnose(String... more) {
        return Run.of(Stream.concat(
                        Stream.of("diagnose", folder.toString(), "--from", backbone.toString(), "--home", home()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private JsonNode read(String target) {
        Run run = diagnose("--target", target, "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        return new JsonMapper().readTree(run.out());
    }

    /** A colour under noise, so that no two images look alike. */
    private void image(String label, int colour, int seed, int name) throws IOException {
        Path file = folder.resolve(label).resolve("%d-%d.png".formatted(name, seed));
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
