package dev.fovea.datasets.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Split;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyFolderTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadTheLayoutOfMvtec() throws IOException {
        files("train/good/000.png", "test/good/000.png", "test/crack/000.png", "test/cut/000.png");
        files("ground_truth/crack/000_mask.png", "ground_truth/cut/000_mask.png");
        AnomalyFolder found = AnomalyFolder.read(folder);
        assertThat(found.listing().divided()).isTrue();
        assertThat(found.listing().files())
                .extracting(FoundFile::path, FoundFile::label, FoundFile::split)
                .containsExactlyInAnyOrder(
                        tuple("train/good/000.png", "good", Split.TRAIN),
                        tuple("test/good/000.png", "good", Split.TEST),
                        tuple("test/crack/000.png", "anomalous", Split.TEST),
                        tuple("test/cut/000.png", "anomalous", Split.TEST));
        assertThat(found.kinds()).containsEntry("test/cut/000.png", "cut").hasSize(2);
        assertThat(found.masks())
                .containsEntry("test/cut/000.png", folder.resolve("ground_truth/cut/000_mask.png"))
                .containsEntry("test/crack/000.png", folder.resolve("ground_truth/crack/000_mask.png"));
    }

    @Test
    void shouldReadAPlainFolderAsGood() throws IOException {
        files("a.png", "b.png", "notes.txt");
        assertThat(AnomalyFolder.read(folder).listing().files())
                .allMatch(file -> file.label().equals("good") && file.split() == Split.UNASSIGNED)
                .hasSize(2);
    }

    @Test
    void shouldRefuseAFolderWithoutGoodImages() throws IOException {
        files("crack/1.png", "cut/2.png");
        assertThatThrownBy(() -> AnomalyFolder.read(folder))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("has no good images");
    }

    private void files(String... paths) throws IOException {
        for (String path : List.of(paths)) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
        }
    }
}
