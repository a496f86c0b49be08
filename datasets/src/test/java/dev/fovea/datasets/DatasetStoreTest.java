package dev.fovea.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.Ingest.Ingested;
import dev.fovea.imaging.ImageLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStoreTest {

    @Test
    void shouldKeepAVersionOnceWithItsReport(@TempDir Path root) {
        new SampleFolder(root)
                .image("a/1.jpg", 1)
                .image("a/2.jpg", 2)
                .image("b/3.jpg", 3)
                .image("b/4.jpg", 4);
        Ingested ingested = new Ingest(ImageLimits.DEFAULT).run(root, IngestProgress.SILENT);
        DatasetStore store = new InMemoryDatasetStore();

        store.save(ingested.version(), ingested.report());
        store.save(ingested.version(), ingested.report());

        String id = ingested.version().id();
        assertThat(store.list())
                .singleElement()
                .satisfies(summary -> assertThat(summary.images()).isEqualTo(4));
        assertThat(store.find(id)).contains(ingested.version());
        assertThat(store.report(id)).hasValueSatisfying(json -> assertThat(json).contains(id));
        assertThat(store.find("none")).isEmpty();
    }
}
