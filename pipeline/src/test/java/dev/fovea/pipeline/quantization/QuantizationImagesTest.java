package dev.fovea.pipeline.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are hashed and not decoded, so that each contains its own name. */
class QuantizationImagesTest {

    private static final List<String> LABELS = List.of("hole", "tear");

    @TempDir
    private Path folder;

    @Test
    void shouldSplitLabelledImagesWithoutOverlap() throws IOException {
        write("hole", 50);
        write("tear", 50);
        write("unknown", 40);
        Files.writeString(folder.resolve("hole/notes.txt"), "none");
        QuantizationImages images = divide();
        assertThat(images.labelled()).isTrue();
        assertThat(images.unknownFolders()).containsExactly("unknown");
        assertThat(images.calibration()).hasSize(50);
        assertThat(images.test())
                .hasSize(50)
                .doesNotContainAnyElementsOf(images.calibration())
                .allSatisfy(image -> assertThat(LABELS.get(image.label()))
                        .isEqualTo(image.file().getParent().getFileName().toString()));
        assertThat(images.validation()).isEqualTo(images.calibration());
        assertThat(divide()).isEqualTo(images);
    }

    @Test
    void shouldKeepSplitsOfFolder() throws IOException {
        write("train/hole", 60);
        write("val/hole", 35);
        write("test/hole", 31);
        QuantizationImages images = divide();
        assertFrom("train", images.calibration(), 60);
        assertFrom("val", images.validation(), 35);
        assertFrom("test", images.test(), 31);
    }

    private void assertFrom(String split, List<LabelledImage> images, int count) {
        assertThat(images)
                .hasSize(count)
                .allSatisfy(image -> assertThat(image.file()).startsWith(folder.resolve(split)));
    }

    @Test
    void shouldTestOnValidationSplitWithoutTestSplit() throws IOException {
        write("train/hole", 60);
        write("val/hole", 35);
        QuantizationImages images = divide();
        assertFrom("val", images.test(), 35);
        assertThat(images.validation()).isEqualTo(images.calibration());
    }

    @Test
    void shouldRecognizeTrainingImagesByContent() throws IOException {
        write("hole", 90);
        List<DatasetVersion.Item> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(item("hole/" + i + ".jpg", Split.TRAIN));
            Files.move(folder.resolve("hole/" + i + ".jpg"), folder.resolve("hole/moved" + i + ".jpg"));
        }
        QuantizationImages images = QuantizationImages.of(folder, LABELS, Optional.of(DatasetVersion.of(items)));
        assertThat(images.calibration())
                .hasSize(40)
                .allSatisfy(image ->
                        assertThat(image.file().getFileName().toString()).startsWith("moved"));
        assertThat(images.test()).hasSize(50);
    }

    private DatasetVersion.Item item(String path, Split split) throws IOException {
        String hash = DatasetVersion.contentHash(Files.readAllBytes(folder.resolve(path)));
        return new DatasetVersion.Item(hash, "hole", split, path, 8, 8, ImageFormat.JPEG, Optional.empty());
    }

    @Test
    void shouldRemoveDuplicates() throws IOException {
        write("hole", 70);
        for (int i = 0; i < 30; i++) {
            Files.copy(folder.resolve("hole/" + i + ".jpg"), folder.resolve("hole/copy" + i + ".jpg"));
        }
        QuantizationImages images = divide();
        assertThat(images.calibration().size() + images.test().size()).isEqualTo(70);
    }

    @Test
    void shouldSplitUnlabelledImages() throws IOException {
        write(".", 80);
        QuantizationImages images = divide();
        assertThat(images.labelled()).isFalse();
        assertThat(images.calibration()).hasSize(40);
        assertThat(images.test()).hasSize(40);
    }

    @Test
    void shouldRefuseTooFewImages() throws IOException {
        write("hole", 59);
        assertThatThrownBy(this::divide)
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("29 to calibrate on and 30 to test on");
    }

    private void write(String directory, int count) throws IOException {
        Path inner = Files.createDirectories(folder.resolve(directory));
        for (int i = 0; i < count; i++) {
            Files.writeString(inner.resolve(i + ".jpg"), directory + i, StandardCharsets.UTF_8);
        }
    }

    private QuantizationImages divide() {
        return QuantizationImages.of(folder, LABELS, Optional.empty());
    }
}
