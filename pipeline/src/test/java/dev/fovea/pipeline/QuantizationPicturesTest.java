package dev.fovea.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Side;
import dev.fovea.evaluation.LabelledPicture;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PictureFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are hashed and not decoded, so that each holds its own name. */
class QuantizationPicturesTest {

    private static final List<String> LABELS = List.of("hole", "tear");

    @TempDir
    private Path folder;

    @Test
    void shouldDivideLabelledPicturesSoThatNoneIsOnBothSides() throws IOException {
        write("hole", 50);
        write("tear", 50);
        write("unknown", 40);
        Files.writeString(folder.resolve("hole/notes.txt"), "none");
        QuantizationPictures pictures = divide();
        assertThat(pictures.labelled()).isTrue();
        assertThat(pictures.strangers()).containsExactly("unknown");
        assertThat(pictures.calibration()).hasSize(50);
        assertThat(pictures.proof())
                .hasSize(50)
                .doesNotContainAnyElementsOf(pictures.calibration())
                .allSatisfy(picture -> assertThat(LABELS.get(picture.label()))
                        .isEqualTo(picture.file().getParent().getFileName().toString()));
        assertThat(pictures.choosing()).isEqualTo(pictures.calibration());
        assertThat(divide()).isEqualTo(pictures);
    }

    @Test
    void shouldKeepTheSidesOfADividedFolder() throws IOException {
        write("train/hole", 60);
        write("val/hole", 35);
        write("test/hole", 31);
        QuantizationPictures pictures = divide();
        assertFrom("train", pictures.calibration(), 60);
        assertFrom("val", pictures.choosing(), 35);
        assertFrom("test", pictures.proof(), 31);
    }

    private void assertFrom(String side, List<LabelledPicture> pictures, int count) {
        assertThat(pictures)
                .hasSize(count)
                .allSatisfy(picture -> assertThat(picture.file()).startsWith(folder.resolve(side)));
    }

    @Test
    void shouldProveWithTheValidationSideWhereThereIsNoOther() throws IOException {
        write("train/hole", 60);
        write("val/hole", 35);
        QuantizationPictures pictures = divide();
        assertFrom("val", pictures.proof(), 35);
        assertThat(pictures.choosing()).isEqualTo(pictures.calibration());
    }

    @Test
    void shouldTellTrainedPicturesByTheirContentWhereverTheyLieNow() throws IOException {
        write("hole", 90);
        List<DatasetVersion.Item> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(item("hole/" + i + ".jpg", Side.TRAIN));
            Files.move(folder.resolve("hole/" + i + ".jpg"), folder.resolve("hole/moved" + i + ".jpg"));
        }
        QuantizationPictures pictures = QuantizationPictures.of(folder, LABELS, Optional.of(DatasetVersion.of(items)));
        assertThat(pictures.calibration())
                .hasSize(40)
                .allSatisfy(picture ->
                        assertThat(picture.file().getFileName().toString()).startsWith("moved"));
        assertThat(pictures.proof()).hasSize(50);
    }

    private DatasetVersion.Item item(String path, Side side) throws IOException {
        String hash = DatasetVersion.contentHash(Files.readAllBytes(folder.resolve(path)));
        return new DatasetVersion.Item(hash, "hole", side, path, 8, 8, PictureFormat.JPEG, Optional.empty());
    }

    @Test
    void shouldCountTheSameContentOnce() throws IOException {
        write("hole", 70);
        for (int i = 0; i < 30; i++) {
            Files.copy(folder.resolve("hole/" + i + ".jpg"), folder.resolve("hole/copy" + i + ".jpg"));
        }
        QuantizationPictures pictures = divide();
        assertThat(pictures.calibration().size() + pictures.proof().size()).isEqualTo(70);
    }

    @Test
    void shouldTakePicturesWithoutLabels() throws IOException {
        write(".", 80);
        QuantizationPictures pictures = divide();
        assertThat(pictures.labelled()).isFalse();
        assertThat(pictures.calibration()).hasSize(40);
        assertThat(pictures.proof()).hasSize(40);
    }

    @Test
    void shouldRefuseTooFew() throws IOException {
        write("hole", 59);
        assertThatThrownBy(this::divide)
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("29 to learn ranges from and 30 to prove with");
    }

    private void write(String directory, int count) throws IOException {
        Path inner = Files.createDirectories(folder.resolve(directory));
        for (int i = 0; i < count; i++) {
            Files.writeString(inner.resolve(i + ".jpg"), directory + i, StandardCharsets.UTF_8);
        }
    }

    private QuantizationPictures divide() {
        return QuantizationPictures.of(folder, LABELS, Optional.empty());
    }
}
