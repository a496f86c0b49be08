package dev.fovea.datasets.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.Split;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two images: one shows a cat and a dog, the other none of both. */
class LabelSetsTest {

    private static final List<String> LABELS = List.of("cat", "dog");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image,cat,dog\na.png,1,1\nb.png,0,0\n",
                "file,Dog,bird,Cat,split\na.png,1,0,1.0,test\nb.png,0,1,0,train\n",
                "image,labels\na.png,cat;dog\nb.png,\n",
                "image,labels\na.png,\"dog, cat\"\nb.png,bird\n"
            })
    void shouldReadTables(String table) throws IOException {
        Path a = image("a.png");
        Path b = image("b.png");
        Files.writeString(folder.resolve("labels.csv"), table);
        List<LabelSets.LabelSet> entries = LabelSets.read(folder, LABELS).entries();
        assertThat(entries).extracting(LabelSets.LabelSet::image).containsExactly(a, b);
        assertThat(entries).extracting(LabelSets.LabelSet::labels).containsExactly(Set.of("cat", "dog"), Set.of());
        assertThat(entries.getFirst().split()).isEqualTo(table.contains("split") ? Split.TEST : Split.UNASSIGNED);
    }

    @Test
    void shouldTakeTheClassesOfBoxes() throws IOException {
        image("a.png");
        Files.writeString(folder.resolve("instances.json"), """
                {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 3, 3]},
                 {"id": 2, "image_id": 1, "category_id": 2, "bbox": [2, 2, 3, 3], "iscrowd": 1}]}
                """);
        assertThat(LabelSets.read(folder, LABELS).entries())
                .extracting(LabelSets.LabelSet::labels)
                .containsExactly(Set.of("cat", "dog"));
    }

    @Test
    void shouldTakeFolders() throws IOException {
        image("cat/a.png");
        image("dog/a.png");
        assertThat(LabelSets.read(folder, LABELS).entries())
                .extracting(LabelSets.LabelSet::labels)
                .containsExactlyInAnyOrder(Set.of("cat"), Set.of("dog"));
    }

    private Path image(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        try (Image image = Image.of(new byte[64], 8, 8, 1)) {
            return Files.write(file, new ImageWriter().png(image));
        }
    }
}
