package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.jobs.TrainingTargets;
import dev.fovea.training.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class DatasetCheckoutTest {

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private Datasets datasets;
    private DatasetCheckout data;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory.resolve("home")), "0.1.0");
        datasets = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                _ -> List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
        data = new DatasetCheckout(datasets, directory.resolve("cache"), "ada");
        datasets.create("cloth", ImageTask.CLASSIFICATION, List.of(), "ada");
        add(0, 6, "hole");
        add(6, 10, "none");
        datasets.change("cloth", ItemFilter.parse(List.of("class=none")), ItemChange.to(Split.TRAIN));
        datasets.change("cloth", ItemFilter.parse(List.of("class=hole")), ItemChange.to(Split.TEST));
    }

    private static DatasetVersion.Item item(Path file, String label) {
        try {
            String hash = DatasetVersion.contentHash(Files.readAllBytes(file));
            return new DatasetVersion.Item(
                    hash, label, Split.TRAIN, file.toString(), 8, 8, ImageFormat.PNG, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        home.close();
    }

    @ParameterizedTest
    @CsvSource({
        "MULTI_LABEL, multi-label, fovea data export other --format csv, --task multi-label --data other",
        "DETECTION, detection, fovea train other --name NAME --from MODEL, Train a detector",
        "INSTANCE_SEGMENTATION, instance-segmentation, fovea data export other --format coco, fovea import FILE",
        "SEMANTIC_SEGMENTATION, semantic-segmentation, fovea data export other --format masks, fovea import FILE"
    })
    void shouldRefuseToTrainOnOtherTasksAndNameTheRemedy(ImageTask task, String word, String command, String remedy) {
        datasets.create("other", task, List.of(), "ada");
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> data.requireOneClass("other"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .withMessageContaining("The data set \"other\" is for " + word)
                .withMessageContaining(command)
                .withMessageContaining(remedy);
        data.requireOneClass("cloth");
        data.requireOneClass(directory.toString());
    }

    private void add(int from, int to, String label) {
        var _ = datasets.add(
                "cloth",
                IntStream.range(from, to)
                        .mapToObj(seed -> NoiseImages.incoming(seed, Optional.of(ClassLabels.of(label))))
                        .toList(),
                AddOptions.DEFAULT,
                (done, all) -> {});
    }

    @Test
    void shouldGiveTheSoftLabelsOfAVersionAsTargetsOfItsImages() {
        ClassLabels uncertain = new ClassLabels(List.of("hole"), Map.of("hole", 0.6, "none", 0.3, "tear", 0.1));
        var _ = datasets.add(
                "cloth",
                List.of(NoiseImages.incoming(20, Optional.of(uncertain))),
                AddOptions.DEFAULT,
                (done, all) -> {});
        String pinned = data.pinned("cloth").orElseThrow();
        TrainingTargets training = new TrainingTargets(pinned, data.softLabels(pinned));
        assertThat(training.softLabels()).hasSize(1);
        List<Sample> samples = ClassificationFolder.read(Path.of(data.data("data", pinned))).listing().files().stream()
                .map(file -> TrainingTargets.sample(
                        Optional.of(training), directory, item(file.file(), file.label()), List.of("hole", "none")))
                .toList();
        assertThat(samples)
                .hasSize(11)
                .filteredOn(Sample::hasSoftLabel)
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.label()).isZero();
                    // no image of the version has the label "tear", so that it is not learned
                    assertThat(sample.probabilities(2)).containsExactly(new double[] {2 / 3.0, 1 / 3.0}, within(1e-12));
                });
    }

    @Test
    void shouldWriteTheNamedVersionOnceAsAFolderThatJobsRead() {
        Optional<String> pinned = data.pinned("cloth");
        String folder = data.data("data", "cloth");
        assertThat(pinned).hasValueSatisfying(name -> assertThat(name).matches("cloth@[0-9a-f]{12}"));
        assertThat(ClassificationFolder.read(Path.of(folder)).listing().files())
                .hasSize(10)
                .allSatisfy(file ->
                        assertThat(file.split()).isEqualTo(file.label().equals("none") ? Split.TRAIN : Split.TEST));
        add(20, 21, "hole");
        assertThat(data.data("data", pinned.orElseThrow())).isEqualTo(folder);
        assertThat(data.data("data", "cloth@1")).isEqualTo(folder);
        assertThat(data.data("data", "cloth")).isNotEqualTo(folder);
        assertThat(datasets.versions().log("cloth")).hasSize(2);
        DatasetCheckout.clear(directory.resolve("cache"));
        assertThat(Path.of(folder)).doesNotExist();
    }

    @Test
    void shouldWriteAVersionAgainWhoseWrittenFilesVanished() throws IOException {
        Path folder = Path.of(data.data("data", "cloth"));
        Path file =
                ClassificationFolder.read(folder).listing().files().getFirst().file();
        Files.delete(file);
        assertThat(data.data("data", "cloth")).isEqualTo(folder.toString());
        assertThat(file).exists();
        assertThat(ClassificationFolder.read(folder).listing().files()).hasSize(10);
    }

    @Test
    void shouldLeaveFoldersAndNameAMissingVersion() {
        assertThat(data.pinned(directory.toString())).isEmpty();
        assertThat(data.data("data", "/no/such/folder")).isEqualTo("/no/such/folder");
        assertThat(DatasetCheckout.isDataset("cloth@7", datasets)).isTrue();
        assertThat(DatasetCheckout.isDataset("clothes", datasets)).isFalse();
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> data.data("data", "cloth@7"))
                .withMessageContaining("has no version \"7\"");
    }
}
