package dev.fovea.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.Bundle;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.server.Application;
import dev.fovea.server.FoveaServer;
import dev.fovea.server.Run;
import dev.fovea.server.RunningServer;
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
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fovea train} from a folder of drawn images to a version that serves, with the child process of production. */
class TrainCommandTest {

    private static final List<String> LABELS = List.of("across", "along");
    private static final int IMAGES_PER_CLASS = 40;
    private static final int EDGE = 40;

    @TempDir
    private Path directory;

    private Path home;
    private Path folder;

    @BeforeEach
    void draw() throws IOException {
        home = directory.resolve("home");
        folder = Files.createDirectory(directory.resolve("stripes"));
        for (String label : LABELS) {
            Files.createDirectory(folder.resolve(label));
            for (int i = 0; i < IMAGES_PER_CLASS; i++) {
                stripes(folder.resolve(label).resolve(i + ".png"), label, i);
            }
        }
    }

    @Test
    void shouldRegisterAVersionThatServesWhatItLearned() throws Exception {
        JsonNode trained = train();
        assertThat(trained.get("version").asInt()).isEqualTo(1);

        try (FoveaServer server = RunningServer.serve(home, Map.of())) {
            Job job = server.application().jobs().recent(9).getFirst();
            assertThat(job.request().work()).isEqualTo("train");
            assertThat(job.state()).isInstanceOf(JobState.Done.class);

            Registry registry = server.application().registry();
            ModelVersion version = registry.version("stripes", 1);
            assertThat(version.lineage().dataset()).hasSize(64);
            assertThat(registry.model("stripes").promotion().orElseThrow().version())
                    .isEqualTo(1);
            Bundle bundle = server.application().home().bundles().bundle(version.bundleId());
            assertThat(bundle.manifest().labels()).isEqualTo(LABELS);
            assertThat(bundle.manifest().golden()).isNotEmpty();
        }
        for (String label : LABELS) {
            Path seen = folder.resolve(label).resolve("0.png");
            JsonNode prediction = json(run("predict", "stripes", seen.toString(), "--json"));
            assertThat(prediction.findValue("label").asString()).isEqualTo(label);
        }
        try (Stream<Path> scratch = Files.list(home.resolve("tmp"))) {
            assertThat(scratch).isEmpty();
        }
    }

    @Test
    void shouldNameTheVersionOfADataSetEverywhere() throws IOException {
        run("data", "create", "stripes", "--from", folder.toString());
        String version;
        try (Application application = Application.open(home)) {
            version = "stripes@"
                    + application
                            .datasets()
                            .versions()
                            .commit("stripes", "", "ada")
                            .id()
                            .substring(0, 12);
        }
        Run trained = run(
                "train",
                "stripes",
                "--name",
                "stripes",
                "--network",
                "mobile",
                "--size",
                "small",
                "--edge",
                "32",
                "--epochs",
                "1",
                "--no-int8");
        assertThat(trained.out())
                .contains("80 files in %s: 80 images, ".formatted(version))
                .doesNotContain("image list", home.toString());

        for (String data : List.of("", version)) {
            if (data.isEmpty()) {
                DatasetCheckout.clear(home.resolve("cache").resolve("datasets")); // as the command forget does
            }
            Run evaluated =
                    data.isEmpty() ? run("evaluate", "stripes@1") : run("evaluate", "stripes@1", "--data", data);
            assertThat(evaluated.out())
                    .contains(" of stripes:1 on %s (image list ".formatted(version))
                    .doesNotContain(home.toString());
        }
        try (Application application = Application.open(home)) {
            ModelVersion registered = application.registry().version("stripes", 1);
            assertThat(registered.lineage().trainedOn()).isEqualTo(version);
            assertThat(Files.readString(application
                            .home()
                            .bundles()
                            .bundle(registered.bundleId())
                            .directory()
                            .resolve("card.md")))
                    .contains("from the data set version %s.".formatted(version))
                    .doesNotContain(registered.lineage().dataset());
        }
    }

    private JsonNode train() {
        return json(run(
                "train",
                folder.toString(),
                "--name",
                "stripes",
                "--network",
                "mobile",
                "--size",
                "small",
                "--edge",
                "32",
                "--epochs",
                "40",
                "--no-int8",
                "--json"));
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

    /** Stripes of random colours, width and phase under three random patches, so that no two images look alike. */
    private static void stripes(Path file, String label, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(31L * seed + label.hashCode());
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        int light = random.nextInt(1 << 24) | 0x808080;
        int dark = random.nextInt(1 << 24) & 0x7f7f7f;
        int width = 3 + random.nextInt(4);
        int phase = random.nextInt(2 * width);
        for (int y = 0; y < EDGE; y++) {
            for (int x = 0; x < EDGE; x++) {
                int at = phase + (label.equals("across") ? y : x);
                image.setRGB(x, y, at / width % 2 == 0 ? light : dark);
            }
        }
        Graphics2D pen = image.createGraphics();
        for (int i = 0; i < 3; i++) {
            pen.setColor(new Color(random.nextInt(1 << 24)));
            pen.fillRect(random.nextInt(EDGE), random.nextInt(EDGE), 6 + random.nextInt(8), 6 + random.nextInt(8));
        }
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
