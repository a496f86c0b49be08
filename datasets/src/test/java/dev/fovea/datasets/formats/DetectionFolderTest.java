package dev.fovea.datasets.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.IgnoredRegion;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.Split;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One image of 200 × 100 with a dog at (80, 30) to (120, 70), as every tool writes it. */
class DetectionFolderTest {

    private static final ImageSize SIZE = new ImageSize(200, 100);
    private static final List<String> LABELS = List.of("cat", "dog");
    private static final LabelledBox DOG = new LabelledBox(1, new Box(80, 30, 120, 70));

    @TempDir
    private Path folder;

    private Path image(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        try (Image image = Image.of(new byte[200 * 100], 200, 100, 1)) {
            return Files.write(file, new ImageWriter().png(image));
        }
    }

    private Path text(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static String coco(String fileName, String size, String annotations) {
        return """
                {"info": {}, "images": [{"id": 7, "file_name": "%s"%s}],
                 "categories": [{"id": 18, "name": "dog", "supercategory": "animal"}, {"id": 3, "name": "bus"}],
                 "annotations": [%s]}
                """.formatted(fileName, size, annotations);
    }

    private static String cocoBox(String box) {
        return """
                {"id": 1, "image_id": 7, "category_id": 18, "segmentation": [[1, 2]], "iscrowd": 0,
                 "bbox": %s, "area": 1600}""".formatted(box);
    }

    private static String voc(String size, String box) {
        return """
                <annotation><filename>stale.jpg</filename>%s
                <object><name>dog</name><part><name>head</name><bndbox><xmin>1</xmin></bndbox></part>
                <bndbox>%s</bndbox></object>
                </annotation>
                """.formatted(size, box);
    }

    private static String edges(Object... edges) {
        return "<xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax><ymax>%s</ymax>".formatted(edges);
    }

    private DetectionFolder read() {
        return DetectionFolder.read(folder, LABELS);
    }

    @ParameterizedTest
    @CsvSource({
        "images/a.png, labels/a.txt, UNASSIGNED",
        "images/train2017/a.png, labels/train2017/a.txt, TRAIN",
        "images/val/a.png, labels/val/a.txt, VALIDATION",
        "valid/images/a.png, valid/labels/a.txt, VALIDATION",
        "test/images/a.png, test/labels/a.txt, TEST",
        "IMAGES/a.png, Labels/a.txt, UNASSIGNED",
        "a.png, a.txt, UNASSIGNED",
        "archive/set/images/a.png, archive/set/labels/a.txt, UNASSIGNED",
        "images/a.png, object_detection/a.txt, UNASSIGNED",
    })
    void shouldReadAllYoloLayouts(String image, String labels, Split split) throws Exception {
        Path file = image(image);
        text(labels, "1 0.5 0.5 0.2 0.4\n\n0 0.1 0.1 0.3 0.2 0.2 0.9\r\n");
        DetectionFolder read = read();
        assertThat(read.format()).isEqualTo(DetectionFormat.YOLO);
        assertThat(read.on(split))
                .containsExactly(new LabelledBoxes(
                        file, SIZE, List.of(DOG, new LabelledBox(0, new Box(20, 10, 60, 90)))));
        assertThat(read.findings().sentences()).isEmpty();
    }

    @Test
    void shouldTakeNamesAndSplitsFromDataYaml() throws Exception {
        Path yaml = text("data.yaml", "path: ../datasets/x\ntrain: one\nval: two.txt\nnames:\n  0: bus\n  1: Dog\n");
        Path one = image("one/images/a.png");
        text("one/labels/a.txt", "1 0.5 0.5 0.2 0.4\n0 0.5 0.5 0.2 0.4\n");
        Path two = image("two/images/b.png");
        text("two/labels/b.txt", "1 0.5 0.5 0.2 0.4\n");
        text("two.txt", "");
        text("val.txt", "./two/images/b.png\n");
        DetectionFolder read = DetectionFolder.read(yaml, LABELS);
        assertThat(read.classes()).containsExactly("bus", "Dog");
        assertThat(read.on(Split.TRAIN)).containsExactly(new LabelledBoxes(one, SIZE, List.of(DOG)));
        assertThat(read.on(Split.VALIDATION)).containsExactly(new LabelledBoxes(two, SIZE, List.of(DOG)));
        assertThat(read.findings().sentences())
                .containsExactly("1 box left out of classes that the model does not know: bus.");
    }

    @Test
    void shouldTakeAnImageWithoutLabelsAsBackgroundAndLeaveMasksAlone() throws Exception {
        Path a = image("images/a.png");
        Path b = image("images/b.png");
        image("masks/a.png");
        text("labels/a.txt", "1 0.5 0.5 0.2 0.4");
        text("labels/classes.txt", "cat\ndog\n");
        text("segments/a.txt", "5 0.1 0.1 0.3 0.2 0.2 0.9");
        DetectionFolder read = read();
        assertThat(read.images())
                .containsExactly(new LabelledBoxes(a, SIZE, List.of(DOG)), new LabelledBoxes(b, SIZE, List.of()));
        assertThat(read.findings().sentences())
                .containsExactly("segments contains other labels of the same images and was not read.");
    }

    @ParameterizedTest
    @CsvSource({
        "annotations/instances_val2017.json, val2017/a.png, a.png, VALIDATION",
        "annotations/instances_train.json, images/a.png, a.png, TRAIN",
        "annotations/instances_default.json, images/default/a.png, default/a.png, UNASSIGNED",
        "train/_annotations.coco.json, train/a.png, a.png, TRAIN",
        "result.json, images/a.png, '..\\\\images\\\\a.png', UNASSIGNED",
        "coco/labels.json, coco/data/a.png, /home/someone/data/a.png, UNASSIGNED",
    })
    void shouldReadAllCocoLayouts(String json, String image, String fileName, Split split) throws Exception {
        Path file = image(image);
        image("elsewhere/a.png");
        text(json, coco(fileName, ", \"width\": 200, \"height\": 100", cocoBox("[80, 30, 40.0, 40]")));
        text("annotations/captions_val2017.json", "{\"images\": [], \"annotations\": [{\"caption\": \"a dog\"}]}");
        DetectionFolder read = read();
        assertThat(read.format()).isEqualTo(DetectionFormat.COCO);
        assertThat(read.on(split)).containsExactly(new LabelledBoxes(file, SIZE, List.of(DOG)));
        assertThat(read.classes()).containsExactly("bus", "dog");
    }

    @Test
    void shouldIgnoreCrowdsAndCountMissingImages() throws Exception {
        image("a.png");
        image("b.png");
        text("instances.json", """
                {"images": [{"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "b.png"}, {"id": 3, "file_name": "c.png"}],
                 "annotations": [
                 {"id": 1, "image_id": 1, "category_id": 1, "bbox": [80, 30, 40, 40], "iscrowd": 1},
                 {"id": 2, "image_id": 1, "category_id": 1, "bbox": [80, 30, 40, 0]},
                 {"id": 3, "image_id": 3, "category_id": 1, "bbox": [80, 30, 40, 40]}],
                 "categories": [{"id": 1, "name": "dog"}]}
                """);
        DetectionFolder read = read();
        assertThat(read.images()).allMatch(image -> image.boxes().isEmpty()).hasSize(2);
        assertThat(read.images().getFirst().ignored())
                .containsExactly(new IgnoredRegion(DOG.label(), new Box(80, 30, 120, 70), true));
        assertThat(read.findings().sentences())
                .containsExactly(
                        "1 box without extent left out, the first: Annotation 2 (line 4) of %s."
                                .formatted(folder.resolve("instances.json")),
                        "1 box is marked as crowd or difficult: a detection that matches such a box counts neither as right nor as wrong.",
                        "1 image is annotated and not there, the first: c.png.");
        Files.delete(folder.resolve("a.png"));
        assertThatThrownBy(this::read)
                .hasMessageContaining("annotates 3 images, and 2 of them are missing, the first: a.png");
    }

    @ParameterizedTest
    @CsvSource({
        "Annotations/a.xml, JPEGImages/a.png, TEST",
        "ANNOTATIONS/a.xml, IMAGES/a.png, TEST",
        "VOC2007/Annotations/a.xml, VOC2007/JPEGImages/a.png, TEST",
        "valid/a.xml, valid/a.png, TEST",
        "a.xml, a.png, TEST",
    })
    void shouldReadAllPascalVocLayouts(String xml, String image, Split split) throws Exception {
        Path file = image(image);
        image("thumbnails/b.png");
        text(xml, voc("<size><width>200</width><height>100</height></size>", edges(80, 30, "120.0", 70)));
        text("ImageSets/Main/test.txt", "a\n");
        text("ImageSets/Main/trainval.txt", "a\n");
        text("ImageSets/Main/dog_train.txt", "a -1\n");
        DetectionFolder read = read();
        assertThat(read.format()).isEqualTo(DetectionFormat.PASCAL_VOC);
        assertThat(read.on(split)).containsExactly(new LabelledBoxes(file, SIZE, List.of(DOG)));
        assertThat(read.findings().sentences()).isEmpty();
    }

    @Test
    void shouldIgnoreDifficultBoxes() throws Exception {
        image("a.png");
        text("a.xml", voc("", edges(80, 30, 120, 70)).replace("<name>dog", "<difficult>1</difficult><name>dog"));
        LabelledBoxes labelled = read().images().getFirst();
        assertThat(labelled.boxes()).isEmpty();
        assertThat(labelled.ignored()).containsExactly(new IgnoredRegion(DOG.label(), new Box(80, 30, 120, 70), false));
    }

    @Test
    void shouldReadOneBasedVocCoordinates() throws Exception {
        image("a.png");
        text("a.xml", voc("<source><database>The VOC2007 Database</database></source>", edges(81, 31, 120, 70)));
        assertThat(read().images().getFirst().boxes()).containsExactly(DOG);
    }

    @Test
    void shouldScaleBoxesOfAnotherSizeWithNoteAndRefuseAnotherShape() throws Exception {
        image("a.png");
        text("a.xml", voc("<size><width>100</width><height>50</height></size>", edges(40, 15, 60, 35)));
        DetectionFolder read = read();
        assertThat(read.images().getFirst().boxes()).containsExactly(DOG);
        assertThat(read.findings().sentences())
                .containsExactly(
                        "The annotations of 1 image declare another size than the image has; boxes were scaled from 100×50 to 200×100.");
        text("a.xml", voc("<size><width>100</width><height>80</height></size>", edges(40, 15, 60, 35)));
        assertThatThrownBy(this::read)
                .hasMessageContaining("states boxes for 100×80 pixels, and the image has 200×100");
        text("a.xml", voc("<size><width>0</width><height>0</height></size>", edges(80, 30, 120, 70)));
        assertThat(read().images().getFirst().boxes()).containsExactly(DOG);
    }

    @Test
    void shouldReadNoEntitiesOfXml() throws Exception {
        image("a.png");
        Path secret = text("secret", "dog");
        text("a.xml", """
                <!DOCTYPE annotation [<!ENTITY name SYSTEM "%s">]>
                <annotation><object><name>&name;</name><bndbox>%s</bndbox></object></annotation>""".formatted(secret.toUri(), edges(80, 30, 120, 70)));
        assertThatThrownBy(this::read).isInstanceOf(FoveaException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.5 0.5002812148 0.6080344608 1.0004374453 | 39.1966, 0.0062, 160.8034, 100 | 0.05
            0.9 0.5 0.4 0.2                            | 140, 40, 200, 60          | 10.00
            """)
    void shouldClipAndCountBoxesSlightlyOutside(String line, String edges, String furthest) throws Exception {
        image("images/a.png");
        Path file = text("labels/a.txt", "1 " + line);
        DetectionFolder read = read();
        String[] wanted = edges.split(", ");
        Box box = read.images().getFirst().boxes().getFirst().box();
        assertThat(new float[] {box.x1(), box.y1(), box.x2(), box.y2()})
                .containsExactly(
                        new float[] {
                            Float.parseFloat(wanted[0]),
                            Float.parseFloat(wanted[1]),
                            Float.parseFloat(wanted[2]),
                            Float.parseFloat(wanted[3])
                        },
                        org.assertj.core.data.Offset.offset(1e-3f));
        assertThat(read.findings().clipped()).isOne();
        assertThat(read.findings().sentences())
                .containsExactly("1 box exceeded the image and was clipped, by up to %s %% of the edge: Line 1 of %s."
                        .formatted(furthest, file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            0 0.5 0.5 0.2               | has 4 fields
            0 0.5 0.5 0.2 0.2 0.9       | has 6 fields
            2 0.5 0.5 0.2 0.2           | begins with "2"; it must be a class from 0 to 1
            -1 0.5 0.5 0.2 0.2          | begins with "-1"
            0.0 0.5 0.5 0.2 0.2         | begins with "0.0"
            0 0.5 1.5 0.2 0.2           | contains "1.5"
            0 0.5 1.02 0.2 0.2          | contains "1.02"
            0 0.5 NaN 0.2 0.2           | contains "NaN"
            0 0.5 0,5 0.2 0.2           | contains "0,5"
            """)
    void shouldNameFileAndLineOfAnError(String line, String said) throws Exception {
        image("images/a.png");
        Path file = text("labels/a.txt", "0 0.5 0.5 0.2 0.2\n" + line + "\n");
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .hasMessageContaining("Line 2 of " + file + " " + said);
    }

    @Test
    void shouldNameFileAndLineOfABoxFarOutside() throws Exception {
        image("a.png");
        Path json = text("coco.json", coco("a.png", "", cocoBox("[300, 30, 40, 40]")));
        assertThatThrownBy(this::read)
                .hasMessageContaining("Annotation 1 (line 3) of " + json)
                .hasMessageContaining("is a box outside its image: (300.0, 30.0) to (340.0, 70.0) in 200×100 pixels");
        Files.delete(json);
        Path xml = text("a.xml", voc("", edges(80, 30, 120, 200)));
        assertThatThrownBy(this::read).hasMessageContaining("The object in line 2 of " + xml);
        text("a.xml", voc("", edges(80, 30, "wide", 70)));
        assertThatThrownBy(this::read).hasMessageContaining("line 2 of " + xml + ": xmax must be a number of pixels");
        text("a.xml", "<annotation>\n<object>");
        assertThatThrownBy(this::read).hasMessageContaining("Line 2 of " + xml + " is not XML");
    }

    @Test
    void shouldRefuseClassesThatTheModelDoesNotKnow() throws Exception {
        image("a.png");
        text("coco.json", coco("a.png", "", cocoBox("[80, 30, 40, 40]")));
        assertThatThrownBy(() -> DetectionFolder.read(folder, List.of("face")))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LABELS_MISMATCH))
                .hasMessageContaining("knows none of the data set's classes dog; it knows face");
    }

    @Test
    void shouldRejectFoldersWithoutBoxes() throws Exception {
        image("cats/a.png");
        text("cats/readme.txt", "nothing");
        assertThat(DetectionFolder.recognise(folder)).isEmpty();
        assertThatThrownBy(this::read).hasMessageContaining("contains no boxes in a known format");
        assertThatThrownBy(() -> DetectionFolder.read(folder.resolve("none"), LABELS))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void shouldLeaveOutAnImageThatCannotBeRead() throws Exception {
        image("images/a.png");
        text("images/b.png", "no image");
        text("labels/a.txt", "1 0.5 0.5 0.2 0.4");
        text("labels/b.txt", "1 0.5 0.5 0.2 0.4");
        DetectionFolder read = read();
        assertThat(read.images()).hasSize(1);
        assertThat(read.findings().unreadable()).isOne();
    }
}
