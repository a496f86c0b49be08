package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetCatalog.DeletedDataset;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.labels.queue.LabellingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class DatasetDeletionTest {

    private static final String KEPT = "kept";

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private Home home;
    private Datasets datasets;

    /** Both data sets have the images 8 to 11, in a pack with others. */
    @BeforeEach
    void open() {
        settings = pair.in(directory.resolve("home"));
        home = Home.open(settings, "0.1.0");
        datasets = new CatalogSample(home).datasets();
        datasets.create(KEPT, ImageTask.CLASSIFICATION, List.of(), "ada");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void add(String name, int from, int to) {
        Object _ = datasets.add(
                name,
                IntStream.range(from, to)
                        .mapToObj(seed -> NoiseImages.incoming(seed, Optional.of(ClassLabels.of("hole"))))
                        .toList(),
                AddOptions.DEFAULT,
                IngestProgress.SILENT);
    }

    private static ContentHash image(int seed) {
        return ContentHash.of(NoiseImages.png(seed));
    }

    private boolean isStored(int seed) {
        String bytes = new String(NoiseImages.png(seed), StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(pair.files(settings))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("blobs"))
                    .anyMatch(file -> read(file).contains(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void verify(String name) {
        assertThat(datasets.verify(name, IngestProgress.SILENT).faults()).isEmpty();
    }

    @Test
    void shouldDeleteWhatNoOtherDatasetHas() {
        new CatalogSample(home).fill(directory);
        add(KEPT, 8, 12);
        SavedVersion version = datasets.versions().commit(KEPT, "first", "ada");
        home.embeddings().put("descriptor", Map.of(image(8), new float[] {1, 2}));
        assertThat(isStored(3)).isTrue();

        DeletedDataset deleted = datasets.deletions().delete(CatalogSample.SHIRTS, "ada", " replaced ");
        home.leftovers().remove();

        assertThat(deleted.reason()).isEqualTo("replaced");
        assertThat(deleted.items()).isEqualTo(18);
        assertThat(deleted.versions()).isEqualTo(2);
        assertThat(datasets.deletions().all()).startsWith(deleted).hasSize(2);
        assertThat(isStored(3)).isFalse();
        assertThat(isStored(8)).isTrue();
        assertThat(home.items().stored(List.of(image(3), image(8)))).containsOnlyKeys(image(8));
        assertThat(home.embeddings().find("descriptor", List.of(image(0), image(8))))
                .containsOnlyKeys(image(8));
        assertThat(datasets.list()).extracting(each -> each.dataset().name()).containsExactly(KEPT);
        assertThat(datasets.tombstones()).isNotEmpty();
        assertThat(datasets.versions().version(KEPT, "1")).isEqualTo(version);
        assertThat(directory.resolve("place.png")).exists();
        verify(KEPT);
    }

    @Test
    void shouldDeleteNodesThatNoOtherVersionHas() {
        datasets.create("other", ImageTask.CLASSIFICATION, List.of(), "ada");
        for (String name : List.of(KEPT, "other")) {
            add(name, 0, 40);
            SavedVersion _ = datasets.versions().commit(name, "the same", "ada");
        }
        add("other", 40, 80);
        SavedVersion second = datasets.versions().commit("other", "more", "ada");

        Object _ = datasets.deletions().delete("other", "ada", "");

        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> home.versions().nodes().read(List.of(second.root())))
                .withMessageContaining("missing");
        verify(KEPT);
        List<Object> states = new ArrayList<>();
        datasets.versions().forEach(KEPT, datasets.versions().version(KEPT, "1"), states::add);
        assertThat(states).hasSize(40);
    }

    @Test
    void shouldSayWhoDeletedADatasetAndGiveItsNameAgain() {
        add(KEPT, 0, 3);
        Dataset before = datasets.dataset(KEPT);
        Object _ = datasets.deletions().delete(KEPT, "ada", "");
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> datasets.dataset(KEPT))
                .withMessageContainingAll("was deleted on", "by ada")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_UNKNOWN));
        Dataset again = datasets.create(KEPT, ImageTask.CLASSIFICATION, List.of(), "bob");
        assertThat(again.id()).isNotEqualTo(before.id());
        assertThat(datasets.page(KEPT, ItemFilter.ALL, 0, 10)).isEmpty();
        verify(KEPT);
    }

    /** As a command does that looked it up before. */
    @Test
    void shouldRefuseImagesAndVersionsOfADatasetThatIsDeletedMeanwhile() {
        add(KEPT, 0, 3);
        Dataset before = datasets.dataset(KEPT);
        Object _ = datasets.deletions().delete(KEPT, "bob", "");
        List<Runnable> changes = List.of(
                () -> home.versions().commit(before, "late", "ada"),
                () -> home.catalog().classes(before.id(), _ -> List.of(ClassDefinition.named("late"))),
                () -> home.labels().need(before.id(), LabelNeed.DEFAULT),
                () -> home.labels().store(before.id(), LabellingSettings.DEFAULT));
        assertThat(changes)
                .allSatisfy(change -> assertThatExceptionOfType(FoveaException.class)
                        .isThrownBy(change::run)
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_UNKNOWN)));
        Datasets slow = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                image -> List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
        datasets.create(KEPT, ImageTask.CLASSIFICATION, List.of(), "ada");
        IncomingImage image = NoiseImages.incoming(5, Optional.empty());
        IncomingImage late = new IncomingImage(
                image.source(),
                () -> {
                    Object _ = datasets.deletions().delete(KEPT, "bob", "");
                    return image.bytes().read();
                },
                image.file(),
                image.split(),
                image.group(),
                image.tags(),
                image.label());
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> slow.add(KEPT, List.of(late), AddOptions.DEFAULT, IngestProgress.SILENT))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_UNKNOWN));
    }
}
