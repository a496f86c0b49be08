package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.AddReport.FlaggedImages;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlaggedImagesTest {

    @TempDir
    private Path directory;

    /** White images have no dark part, are clipped and sharp nowhere; the pattern of levels has no flaw. */
    @Test
    void shouldCountImagesOutOfBoundsWithThreeExamplesOfEachFlag() {
        try (Home home = Home.open(directory, "0.1.0")) {
            Datasets datasets = new Datasets(
                    new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                    _ -> List.of(),
                    ImageLimits.DEFAULT,
                    Clock.systemUTC());
            datasets.create("shirts", ImageTask.CLASSIFICATION, List.of(), "ada");
            List<IncomingImage> incoming = Stream.concat(
                            IntStream.range(0, 5).mapToObj(i -> incoming("white%d.png".formatted(i), white(64 + i))),
                            Stream.of(incoming("sound.png", sound())))
                    .toList();
            AddReport report = datasets.add("shirts", incoming, AddOptions.DEFAULT, IngestProgress.SILENT);

            assertThat(report.counts().added()).isEqualTo(6);
            assertThat(report.flagged())
                    .extracting(FlaggedImages::flag)
                    .containsExactly("blurred", "overexposed", "clipped", "low_information");
            assertThat(report.flagged()).allSatisfy(each -> {
                assertThat(each.images()).isEqualTo(5);
                assertThat(each.examples()).containsExactly("white0.png", "white1.png", "white2.png");
            });
        }
    }

    private static byte[] white(int width) {
        byte[] pixels = new byte[64 * width];
        Arrays.fill(pixels, (byte) 255);
        return png(pixels, width);
    }

    private static byte[] sound() {
        byte[] pixels = new byte[64 * 64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 2654435761L >>> 13);
        }
        return png(pixels, 64);
    }

    private static byte[] png(byte[] pixels, int width) {
        try (Image image = Image.of(pixels, width, 64, 1)) {
            return new ImageWriter().png(image);
        }
    }

    private static IncomingImage incoming(String name, byte[] bytes) {
        return new IncomingImage(
                name,
                () -> bytes,
                Optional.empty(),
                Split.UNASSIGNED,
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty());
    }
}
