package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.labels.priority.ImagePriority;
import dev.fovea.labels.queue.ConsensusMethod;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.LeaseWish;
import dev.fovea.labels.queue.QueueOrder;
import dev.fovea.pipeline.curation.DatasetFindings;
import dev.fovea.pipeline.curation.NextImages;
import dev.fovea.pipeline.request.CheckRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A detector that finds boxes with scores of 0.9 and 0.6 in every image, and unlabelled images, two nearly the same.
 */
class NextImagesTest {

    @TempDir
    private Path directory;

    private PetsDetector pets;

    private final Map<String, String> sources = new HashMap<>();

    @BeforeEach
    void register() throws IOException {
        pets = PetsDetector.registered(directory);
        Path photos = Files.createDirectory(directory.resolve("photos"));
        for (int seed = 0; seed < 3; seed++) {
            try (Image image = blocks(seed)) {
                Files.write(photos.resolve(seed + ".png"), new ImageWriter().png(image));
                if (seed == 1) {
                    Files.write(photos.resolve("again.jpg"), new ImageWriter().jpeg(image, 95));
                }
            }
        }
        assertThat(pets.run("data", "create", "zoo", "--task", "detection", "--class", "cat")
                        .exit())
                .isZero();
        assertThat(pets.run("data", "add", "zoo", photos.toString()).exit()).isZero();
    }

    /** Large blocks, whose perceptual hash survives JPEG. */
    private static Image blocks(int seed) {
        byte[] pixels = new byte[PetsDetector.EDGE * PetsDetector.EDGE * 3];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % PetsDetector.EDGE / 16;
            int y = i / 3 / PetsDetector.EDGE / 16;
            pixels[i] = (byte) ((x * (7 + seed * 5) + y * (11 + seed * 3) + seed * 40) * 37);
        }
        return Image.of(pixels, PetsDetector.EDGE, PetsDetector.EDGE, 3);
    }

    @Test
    void shouldSayWhyAndCountNearDuplicatesAsOneAndFillTheQueue() {
        try (Application application = Application.open(pets.home())) {
            application
                    .datasets()
                    .forEach(
                            "zoo",
                            ItemFilter.ALL,
                            item -> sources.put(item.image().hash().toString(), item.source()));
            CheckRequest request = new CheckRequest("zoo", "pets", Optional.empty());
            NextImages next = application.datasetCheck().next(request, 10, (step, fraction, left, detail) -> {});

            assertThat(next.basis()).contains("how unsure pets:1 is");
            assertThat(next.images()).hasSize(3);
            for (ImagePriority image : next.images()) {
                assertThat(image.uncertainty()).isBetween(0.799, 0.801);
                boolean twin = List.of("1.png", "again.jpg").contains(sources.get(image.image()));
                assertThat(image.seen()).isEqualTo(twin ? 2 : 1);
                assertThat(image.reason()).startsWith("unsure 0.80, ");
                assertThat(image.reason().endsWith("seen 2 times")).isEqualTo(twin);
            }

            DatasetFindings findings = application.datasetCheck().check(request, (step, fraction, left, detail) -> {});
            assertThat(findings.next()).isEqualTo(next);
            application
                    .labelling()
                    .settings(
                            "zoo",
                            new LabellingSettings(
                                    1,
                                    QueueOrder.UNCERTAIN,
                                    0,
                                    0,
                                    Optional.empty(),
                                    Optional.empty(),
                                    ConsensusMethod.AUTO));
            assertThat(application.labelling().leases().give("zoo", LeaseWish.of("ada", 3)))
                    .extracting(lease -> lease.item().image().hash(), lease -> lease.detail())
                    .containsExactlyElementsOf(next.images().stream()
                            .map(image -> tuple(ContentHash.parse(image.image()), Optional.of(image.reason())))
                            .toList());
        }
    }
}
