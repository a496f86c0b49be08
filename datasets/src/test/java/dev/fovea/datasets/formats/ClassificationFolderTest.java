package dev.fovea.datasets.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.Split;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationFolderTest {

    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;

    @TempDir
    private Path folder;

    private void write(String path, byte[] gray) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        try (Image image = Image.of(gray, WIDTH, HEIGHT, 1)) {
            Files.write(file, new ImageWriter().png(image));
        }
    }

    private void image(String... paths) throws IOException {
        for (String path : paths) {
            byte[] gray = new byte[WIDTH * HEIGHT];
            new Random(path.hashCode()).nextBytes(gray);
            write(path, gray);
        }
    }

    private void mask(String path) throws IOException {
        byte[] gray = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = (byte) (i % WIDTH < 20 ? 255 : 0);
        }
        write(path, gray);
    }

    private void text(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> labels() {
        return ClassificationFolder.read(folder).listing().files().stream()
                .map(file -> file.label() + " " + file.path())
                .toList();
    }

    private List<String> notes() {
        return ClassificationFolder.read(folder).notes();
    }

    @Test
    void shouldReadFolderPerClassWithoutNotes() throws Exception {
        image("cat/1.png", "dog/1.png", "dog/2.png");
        assertThat(labels()).containsExactly("cat cat/1.png", "dog dog/1.png", "dog dog/2.png");
        assertThat(notes()).isEmpty();
    }

    @Test
    void shouldLeaveMasksOut() throws Exception {
        image("cat/a.png", "dog/b.png", "dog/c.png");
        mask("masks/a.png");
        mask("masks/b_mask.png");
        mask("masks/c.png");
        assertThat(labels()).containsExactly("cat cat/a.png", "dog dog/b.png", "dog dog/c.png");
        assertThat(notes()).containsExactly("masks contains masks of the images in other folders and was skipped.");
    }

    @Test
    void shouldReadClassesOfFewColoursOrEqualNames() throws Exception {
        image("cat/1.png", "dog/1.png");
        mask("sign/2.png");
        assertThat(labels()).hasSize(3);
        assertThat(notes()).isEmpty();
    }

    @Test
    void shouldReadClassFoldersOneLevelDeeper() throws Exception {
        image("archive/set/train/cat/1.png", "archive/set/train/dog/2.png", "archive/set/test/dog/3.png");
        assertThat(ClassificationFolder.read(folder).listing().divided()).isTrue();
        assertThat(labels())
                .containsExactly(
                        "dog archive/set/test/dog/3.png",
                        "cat archive/set/train/cat/1.png",
                        "dog archive/set/train/dog/2.png");
        assertThat(notes()).containsExactly("Class folders were read in archive/set.");
    }

    @Test
    void shouldReadLabelsFromATable() throws Exception {
        image("images/a.png", "images/b.png", "images/c.png", "images/d.png");
        text(
                "labels.csv",
                "\uFEFFImage;Label;split\na.png;cat;train\nb;\"dog\";val\nimages/c.png;dog;test\ngone.png;dog;test\n");
        List<FoundFile> files = ClassificationFolder.read(folder).listing().files();
        assertThat(labels()).containsExactly("cat images/a.png", "dog images/b.png", "dog images/c.png");
        assertThat(files).extracting(FoundFile::split).containsExactly(Split.TRAIN, Split.VALIDATION, Split.TEST);
        assertThat(notes())
                .containsExactly("Labels were read from labels.csv: 3 images, and 1 rows of missing images.");
        assertThat(ClassificationFolder.read(folder).listing().skipped())
                .extracting(skipped -> skipped.path() + " " + skipped.reason())
                .containsExactly("images/d.png has no label");
    }

    @Test
    void shouldReadATableWithoutHeadAndOneWithAColumnPerClass() throws Exception {
        image("train/a.png", "train/b.png", "test/c.png");
        text("train/_classes.csv", "filename, cat, dog\na.png, 1, 0\nb.png, 0, 1\n");
        text("test/list.csv", "c.png,dog\n");
        assertThat(labels()).containsExactly("dog test/c.png", "cat train/a.png", "dog train/b.png");
    }

    @Test
    void shouldReadChoicesOfLabelStudio() throws Exception {
        image("images/a.png", "images/b.png", "images/c.png");
        text("export.json", """
                [{"id": 1, "data": {"image": "/data/upload/1/0a1b2c3d-a.png"}, "annotations": [
                   {"result": [{"type": "choices", "value": {"choices": ["cat"]}}]},
                   {"was_cancelled": true, "result": [{"type": "choices", "value": {"choices": ["dog"]}}]}]},
                 {"id": 2, "data": {"image": "/data/local-files/?d=images/b.png"}, "annotations": [
                   {"result": [{"type": "choices", "value": {"choices": ["dog"]}}]}]},
                 {"id": 3, "data": {"image": "c.png"}, "annotations": [
                   {"result": [{"type": "choices", "value": {"choices": ["dog"]}}]},
                   {"result": [{"type": "choices", "value": {"choices": ["cat"]}}]}]}]
                """);
        assertThat(labels()).containsExactly("cat images/a.png", "dog images/b.png");
        assertThat(notes())
                .containsExactly(
                        "Labels were read from the Label Studio export export.json: 2 images; 1 tasks with several choices were left out.");
    }

    @Test
    void shouldReadRectanglesOfLabelStudio() throws Exception {
        image("a.png");
        text("export.json", """
                [{"id": 1, "data": {"image": "a.png"}, "annotations": [{"result": [
                   {"original_width": 48, "original_height": 32, "type": "rectanglelabels",
                    "value": {"x": 25, "y": 50, "width": 50, "height": 25, "rotation": 0, "rectanglelabels": ["dog"]}},
                   {"original_width": 48, "original_height": 32, "type": "rectanglelabels",
                    "value": {"x": 50, "y": 25, "width": 25, "height": 25, "rotation": 90, "rectanglelabels": ["dog"]}}
                ]}]}]
                """);
        List<LabelledBox> boxes =
                DetectionFolder.read(folder, List.of("dog")).images().getFirst().boxes();
        assertThat(boxes.getFirst().box()).isEqualTo(new Box(12, 16, 36, 24));
        assertThat(boxes.get(1).box().overlap(new Box(16, 8, 24, 20))).isGreaterThan(0.9999);
        assertThatThrownBy(this::labels).hasMessageContaining("contains boxes (a Label Studio export)");
    }

    @Test
    void shouldNameTheCommandsForAFolderOfBoxes() throws Exception {
        image("images/train2017/a.png", "images/train2017/b.png");
        text("labels/train2017/a.txt", "0 0.5 0.5 0.2 0.2");
        assertThatThrownBy(this::labels)
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("contains boxes (YOLO label files)")
                .hasMessageContaining("fovea quantize MODEL --data " + folder);
    }

    @Test
    void shouldReadClassFoldersWithBoxes() throws Exception {
        image("cat/a.png", "dog/b.png");
        text("cat/a.txt", "0 0.5 0.5 0.2 0.2");
        assertThat(ClassificationFolder.read(folder).listing().files())
                .extracting(FoundFile::label)
                .containsOnly("cat", "dog");
        assertThat(notes()).singleElement().asString().contains("also contains boxes (YOLO label files)");
    }

    @Test
    void shouldSayThatImagesHaveMasksOrNoLabels() throws Exception {
        image("images/a.png", "images/b.png");
        assertThatThrownBy(this::labels).hasMessageContaining("contains 2 images without labels");
        mask("masks/a.png");
        mask("masks/b.png");
        assertThatThrownBy(this::labels)
                .hasMessageContaining("contains images with segmentation masks (masks)")
                .hasMessageContaining("fovea quantize MODEL --data " + folder.resolve("images"));
    }

    @Test
    void shouldReadAFolderWithLoopingOrBrokenLinksAndSpecialFiles() throws Exception {
        image("cat/1.png", "cat/sub.png/2.png", "dog/1.png");
        Files.createSymbolicLink(folder.resolve("dog/loop"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("dog/gone.png"), Path.of("nowhere.png"));
        Files.createSymbolicLink(folder.resolve("dog/linked.png"), folder.resolve("cat/1.png"));
        assertThat(labels())
                .containsExactly("cat cat/1.png", "cat cat/sub.png/2.png", "dog dog/1.png", "dog dog/linked.png");
    }
}
