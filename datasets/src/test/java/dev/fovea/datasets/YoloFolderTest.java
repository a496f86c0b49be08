package dev.fovea.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Picture;
import dev.fovea.imaging.PictureSize;
import dev.fovea.imaging.PictureWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YoloFolderTest {

    private static final PictureSize SIZE = new PictureSize(200, 100);

    @TempDir
    private Path folder;

    private Path pictures;
    private Path labels;

    @BeforeEach
    void makeFolders() throws Exception {
        pictures = Files.createDirectory(folder.resolve("images"));
        labels = Files.createDirectory(folder.resolve("labels"));
        try (Picture picture = Picture.of(new byte[200 * 100], 200, 100, 1)) {
            byte[] png = new PictureWriter().png(picture);
            Files.write(pictures.resolve("a.png"), png);
            Files.write(pictures.resolve("b.png"), png);
        }
    }

    @Test
    void shouldReadBoxesAndOutlinesInPixels() throws Exception {
        Files.writeString(labels.resolve("a.txt"), "1 0.5 0.5 0.2 0.4\n\n0 0.1 0.1 0.3 0.2 0.2 0.9\r\n");
        Files.writeString(labels.resolve("classes.txt"), "cat\ndog\n");
        assertThat(YoloFolder.read(pictures, labels, 2))
                .containsExactly(
                        new LabelledBoxes(
                                pictures.resolve("a.png"),
                                SIZE,
                                List.of(
                                        new LabelledBox(1, new Box(80, 30, 120, 70)),
                                        new LabelledBox(0, new Box(20, 10, 60, 90)))),
                        new LabelledBoxes(pictures.resolve("b.png"), SIZE, List.of()));
    }

    @Test
    void shouldKeepBoxesInsideThePicture() throws Exception {
        Path file = Files.writeString(folder.resolve("edge.txt"), "0 0.5 0.500001 1 1");
        assertThat(YoloLabels.read(file, SIZE, 1).getFirst().box().within(SIZE.box()))
                .isEqualTo(YoloLabels.read(file, SIZE, 1).getFirst().box());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            0 0.5 0.5 0.2               | has 4 fields
            0 0.5 0.5 0.2 0.2 0.9       | has 6 fields
            2 0.5 0.5 0.2 0.2           | begins with "2"; it must be a class from 0 to 1
            -1 0.5 0.5 0.2 0.2          | begins with "-1"
            0.0 0.5 0.5 0.2 0.2         | begins with "0.0"
            0 0.5 1.5 0.2 0.2           | holds "1.5"
            0 0.5 NaN 0.2 0.2           | holds "NaN"
            0 0.5 0,5 0.2 0.2           | holds "0,5"
            0 0.5 0.5 0 0.2             | is a box without extent
            0 0.1 0.1 0.1 0.2 0.1 0.9   | is a box without extent
            """)
    void shouldNameFileAndLineOfAnError(String line, String said) throws Exception {
        Path file = Files.writeString(labels.resolve("a.txt"), "0 0.5 0.5 0.2 0.2\n" + line + "\n");
        assertThatThrownBy(() -> YoloFolder.read(pictures, labels, 2))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .hasMessageContaining("Line 2 of " + file + " " + said);
    }

    @Test
    void shouldRefuseWhatHasNoCounterpart() throws Exception {
        Path lonely = Files.writeString(labels.resolve("c.txt"), "");
        assertThatThrownBy(() -> YoloFolder.read(pictures, labels, 2)).hasMessageContaining(lonely.toString());
        Files.delete(lonely);
        Path text = Files.writeString(pictures.resolve("d.png"), "no picture");
        assertThatThrownBy(() -> YoloFolder.read(pictures, labels, 2)).hasMessageContaining(text + " is no picture");
        Files.move(text, pictures.resolve("a.jpg"));
        assertThatThrownBy(() -> YoloFolder.read(pictures, labels, 2)).hasMessageContaining("Rename one");
        assertThatThrownBy(() -> YoloFolder.read(folder.resolve("none"), labels, 2))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void shouldReadRealFoldersAndFindOutlinesWhereBoxesAre() {
        Path data = Path.of(System.getProperty("fovea.shared.data", "../shared/data"), "coco64-yolo");
        Assumptions.assumeTrue(Files.isDirectory(data), "skipped: no labels at " + data);
        List<LabelledBoxes> boxes = YoloFolder.read(data.resolve("images"), data.resolve("object_detection"), 80);
        // the outlines are numbered by COCO's own 91 categories
        List<LabelledBoxes> outlines =
                YoloFolder.read(data.resolve("images"), data.resolve("instance_segmentation"), 91);
        assertThat(boxes).hasSize(64);
        assertThat(boxes.stream().mapToInt(picture -> picture.boxes().size()).sum())
                .isEqualTo(542);
        int same = 0;
        for (int i = 0; i < boxes.size(); i++) {
            List<LabelledBox> found = boxes.get(i).boxes();
            same += (int) outlines.get(i).boxes().stream()
                    .filter(outline -> found.stream().anyMatch(box -> box.box().overlap(outline.box()) > 0.9))
                    .count();
        }
        // things in several parts have a line for each part
        assertThat(outlines.stream().mapToInt(picture -> picture.boxes().size()).sum())
                .isEqualTo(546);
        assertThat(same).isEqualTo(359);
    }
}
