package dev.fovea.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.LabelledPicture;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Activation;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.Postprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only names of files are looked at, so that the files are empty. */
class QuantizationPicturesTest {

    private static final Manifest MANIFEST = new Manifest(
            "cloth",
            List.of("hole", "tear"),
            Optional.empty(),
            new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
            Optional.empty(),
            Lineage.imported("drawn", "test", "test"),
            List.of(),
            new TreeMap<>());

    @TempDir
    private Path folder;

    @Test
    void shouldDivideLabelledPicturesSoThatNoneIsOnBothSides() throws IOException {
        write("hole", 10);
        write("tear", 10);
        write("unknown", 4);
        Files.createFile(folder.resolve("hole/notes.txt"));
        QuantizationPictures pictures = divide();
        assertThat(pictures.labelled()).isTrue();
        assertThat(pictures.calibration()).hasSize(10);
        assertThat(pictures.proof())
                .hasSize(10)
                .allSatisfy(picture -> assertThat(MANIFEST.labels().get(picture.label()))
                        .isEqualTo(picture.file().getParent().getFileName().toString()));
        assertThat(pictures.proof())
                .extracting(LabelledPicture::file)
                .doesNotContainAnyElementsOf(pictures.calibration());
        assertThat(divide()).isEqualTo(pictures);
    }

    @Test
    void shouldProveWithTheTestSideOfADividedFolder() throws IOException {
        write("train/hole", 6);
        write("test/hole", 3);
        assertThat(divide().proof())
                .hasSize(3)
                .allSatisfy(picture -> assertThat(picture.file()).startsWith(folder.resolve("test")));
    }

    @Test
    void shouldTakePicturesWithoutLabels() throws IOException {
        write(".", 8);
        QuantizationPictures pictures = divide();
        assertThat(pictures.labelled()).isFalse();
        assertThat(pictures.calibration()).hasSize(4);
        assertThat(pictures.proof()).hasSize(4);
    }

    @Test
    void shouldRefuseTooFew() throws IOException {
        write("hole", 1);
        assertThatThrownBy(this::divide).isInstanceOf(FoveaException.class).hasMessageContaining("too few pictures");
    }

    private void write(String directory, int count) throws IOException {
        Path inner = Files.createDirectories(folder.resolve(directory));
        for (int i = 0; i < count; i++) {
            Files.createFile(inner.resolve(i + ".jpg"));
        }
    }

    private QuantizationPictures divide() {
        return QuantizationPictures.of(folder, MANIFEST, new NoDatasets());
    }

    /** A store that nothing was saved in. */
    private static final class NoDatasets implements DatasetStore {
        @Override
        public void save(DatasetVersion version, IngestReport report) {
            throw new AssertionError("nothing is saved here");
        }

        @Override
        public Optional<DatasetVersion> find(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<String> report(String id) {
            return Optional.empty();
        }

        @Override
        public List<Summary> list() {
            return List.of();
        }
    }
}
