package dev.fovea.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.search.network.HeldBackImages;
import dev.fovea.pipeline.search.network.WholeHalving;
import dev.fovea.pipeline.search.network.WholeNetwork;
import dev.fovea.pipeline.search.network.WholeProgress;
import dev.fovea.pipeline.search.network.WholeSpec;
import dev.fovea.server.Application;
import dev.fovea.training.Recipe;
import dev.fovea.training.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole network in a search: trained in a child process on drawn images, judged on those that were held back. */
class WholeNetworkSearchTest {

    private static final int EDGE = 32;
    private static final int EACH = 40;

    @TempDir
    private Path directory;

    @Test
    void allWeightsAreLearnedAndJudgedOnImagesThatWereHeldBack() throws IOException {
        HeldBackImages images = HeldBackImages.of(drawn(), 2, 4, 1).orElseThrow();
        List<String> notes = new ArrayList<>();
        WholeProgress progress = new WholeProgress() {
            @Override
            public void at(String detail) {
                assertThat(detail).contains(" at 64 px");
            }

            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };

        WholeHalving.JudgedWhole left;
        try (Application application = Application.open(directory.resolve("home"))) {
            JobTools tools = application.tools();
            Backbone backbone = new Backbones(tools.registry(), tools.bundles(), tools.backbones())
                    .resolve(BackboneReference.of(drawnBackbone().toString()));
            left = new WholeHalving(tools, new WholeSpec(List.of("blue", "red"), images, false, 1), progress)
                    .run(List.of(new WholeNetwork.Learned(backbone, 64)), () -> Duration.ofSeconds(10))
                    .orElseThrow();
        }

        assertThat(notes).isEmpty();
        assertThat(left.judged().total()).isEqualTo(images.judged().size()).isEqualTo(2 * EACH / 4);
        assertThat(left.judged().correct()).isGreaterThan(3 * left.judged().total() / 4);
        assertThat(left.network().accuracy()).isPositive();
    }

    /** Random weights tell colours apart as they are, so that the head alone is right on most images. */
    private Path drawnBackbone() throws IOException {
        Recipe recipe = new Recipe(Family.MOBILE, Scale.SMALL, 96);
        return Files.write(
                directory.resolve("drawn.onnx"),
                FoveaMetadata.written(recipe.network(9, 7), recipe.contract(), Map.of(FoveaMetadata.LICENCE, "MIT"))
                        .bytes());
    }

    private List<LabelledFile> drawn() throws IOException {
        List<LabelledFile> images = new ArrayList<>();
        for (int i = 0; i < 2 * EACH; i++) {
            Path file = directory.resolve(i + ".png");
            draw(file, i % 2 == 0 ? 0x2030c0 : 0xc03020, i);
            images.add(
                    new LabelledFile(new Sample(file, i % 2), DatasetVersion.contentHash(Files.readAllBytes(file)), i));
        }
        return images;
    }

    private static void draw(Path file, int rgb, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < EDGE; y++) {
            for (int x = 0; x < EDGE; x++) {
                image.setRGB(x, y, rgb + random.nextInt(24) * 0x010101);
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
