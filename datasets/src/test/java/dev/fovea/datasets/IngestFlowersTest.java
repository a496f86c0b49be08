package dev.fovea.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.Ingest.Ingested;
import dev.fovea.imaging.ImageLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real photographs, thousands of them. */
class IngestFlowersTest {

    @Test
    void shouldIngestFourThousandFlowersTheSameTwice() {
        Path flowers = Path.of(System.getProperty("fovea.shared.data", "../shared/data"), "flowers5");
        Assumptions.assumeTrue(Files.isDirectory(flowers), "skipped: no real images at " + flowers);

        Ingested first = new Ingest(ImageLimits.DEFAULT).run(flowers, IngestProgress.SILENT);
        Ingested second = new Ingest(ImageLimits.DEFAULT, 1).run(flowers, IngestProgress.SILENT);

        assertThat(first).isEqualTo(second);
        assertThat(first.version().labels()).containsExactly("daisy", "dandelion", "rose", "sunflower", "tulip");
        assertThat(first.report().counts().files()).isEqualTo(4317);
        assertThat(first.report().duplicates().exact()).isNotEmpty();
    }
}
