package dev.fovea.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.Split;
import dev.fovea.imaging.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDivisionTest {

    private static List<Item> items(String label, Split split, int count) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = label + split + i;
            String hash = DatasetVersion.contentHash(path.getBytes(StandardCharsets.UTF_8));
            items.add(new Item(hash, label, split, path, 64, 64, ImageFormat.PNG, Optional.empty()));
        }
        return items;
    }

    private static DatasetVersion version(Split split, int cats, int dogs, Split other, int more) {
        List<Item> items = new ArrayList<>(items("cat", split, cats));
        items.addAll(items("dog", split, dogs));
        items.addAll(items("cat", other, more));
        return DatasetVersion.of(items);
    }

    @Test
    void shouldSplitByRequestedFractions() {
        TrainingDivision division = TrainingDivision.of(
                version(Split.UNASSIGNED, 100, 100, Split.UNASSIGNED, 0),
                Optional.of(Fractions.parse("60/25/15")),
                "to stop training in time");
        assertThat(division.version().on(Split.TRAIN)).hasSize(120);
        assertThat(division.version().on(Split.VALIDATION)).hasSize(50);
        assertThat(division.version().on(Split.TEST)).hasSize(30);
        assertThat(division.notes()).isEmpty();
    }

    @Test
    void shouldNoteImagesMovedFromTrainingSplit() {
        TrainingDivision division = TrainingDivision.of(
                version(Split.TRAIN, 40, 40, Split.TEST, 10), Optional.empty(), "to stop training in time");
        assertThat(division.version().on(Split.VALIDATION)).hasSize(10);
        assertThat(division.version().on(Split.TEST)).hasSize(10);
        assertThat(division.notes())
                .containsExactly(
                        "10 of the 80 training images become validation images, to stop training in time: the folder has none.");
    }

    @Test
    void shouldKeepSplitsOfFolderAndNoteThatSplitIsUnused() {
        List<Item> items =
                new ArrayList<>(version(Split.TRAIN, 40, 40, Split.TEST, 10).items());
        items.addAll(items("dog", Split.VALIDATION, 5));
        DatasetVersion divided = DatasetVersion.of(items);
        TrainingDivision division =
                TrainingDivision.of(divided, Optional.of(Fractions.parse("60/25/15")), "to stop training in time");
        assertThat(division.version()).isEqualTo(divided);
        assertThat(division.notes()).singleElement().asString().startsWith("--split was not used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"70/30", "70/15/10", "100/0/0", "a/b/c", "70/-10/40", ""})
    void shouldRefuseInvalidSplit(String text) {
        assertThatThrownBy(() -> Fractions.parse(text)).hasMessageContaining("as 70/15/15");
    }

    @Test
    void shouldReportClassWeights() {
        DatasetVersion rare = version(Split.TRAIN, 160, 10, Split.TEST, 1);
        assertThat(TrainingDivision.weights(rare, true).orElseThrow())
                .startsWith("Class weights are on")
                .contains("an image of dog counts 4.0 times as much");
        assertThat(TrainingDivision.weights(rare, false).orElseThrow())
                .startsWith("Class weights are off: mistakes on dog weigh little");
        assertThat(TrainingDivision.weights(version(Split.TRAIN, 20, 10, Split.TEST, 1), true))
                .isEmpty();
    }
}
