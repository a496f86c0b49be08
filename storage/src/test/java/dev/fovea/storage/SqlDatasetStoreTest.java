package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.Split;
import dev.fovea.imaging.ImageFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class SqlDatasetStoreTest {

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;

    @BeforeEach
    void choose() {
        settings = pair.in(directory);
    }

    @Test
    void shouldKeepAVersionOnceWithItsReport() {
        DatasetVersion version = version(12);
        try (Home home = Home.open(settings, "0.1.0")) {
            home.datasets().save(version, report("/first", version));
            home.datasets().save(version, report("/second", version));
        }
        try (Home home = Home.open(settings, "0.1.0")) {
            DatasetStore store = home.datasets();
            assertThat(store.find(version.id())).contains(version);
            assertThat(store.report(version.id()))
                    .hasValueSatisfying(json -> assertThat(json).contains("/first"));
            assertThat(store.list()).singleElement().satisfies(summary -> {
                assertThat(summary.id()).isEqualTo(version.id());
                assertThat(summary.folder()).isEqualTo("/first");
                assertThat(summary.labels()).containsExactly("hole", "none");
                assertThat(summary.images()).isEqualTo(12);
            });
            assertThat(store.find("unknown")).isEmpty();
            assertThat(store.report("unknown")).isEmpty();
        }
    }

    @Test
    void shouldListTheNewestFirst() {
        try (Home home = Home.open(settings, "0.1.0")) {
            DatasetStore store = home.datasets();
            for (int images = 2; images <= 6; images += 2) {
                store.save(version(images), report("/data", version(images)));
            }
            assertThat(store.list()).extracting(DatasetStore.Summary::images).containsExactly(6, 4, 2);
        }
    }

    private static DatasetVersion version(int images) {
        return DatasetVersion.of(IntStream.range(0, images)
                .mapToObj(i -> new DatasetVersion.Item(
                        "%064x".formatted(i),
                        i % 2 == 0 ? "hole" : "none",
                        Split.TRAIN,
                        i + ".jpg",
                        640,
                        480,
                        ImageFormat.JPEG,
                        Optional.empty()))
                .toList());
    }

    private static IngestReport report(String folder, DatasetVersion version) {
        int images = version.items().size();
        return new IngestReport(
                folder,
                false,
                version.id(),
                new IngestReport.IngestCounts(images, images, images, Map.of()),
                new IngestReport.FileFindings(List.of(), List.of(), List.of()),
                new IngestReport.DuplicateFindings(List.of(), List.of(), List.of()),
                new IngestReport.QualityFindings(Map.of()),
                List.of());
    }
}
