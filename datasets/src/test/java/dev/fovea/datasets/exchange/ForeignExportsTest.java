package dev.fovea.datasets.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.datasets.exchange.shapes.RowRuns;
import dev.fovea.imaging.ImageSize;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Datumaro 1.13.12 exported of two drawn images; the images are drawn anew. */
class ForeignExportsTest {

    @TempDir
    Path folder;

    private Map<String, ExchangedImage> read(String export, ExchangeFormat format, String one, String two)
            throws IOException, URISyntaxException {
        Path resources = Path.of(
                ForeignExportsTest.class.getResource("foreign/" + export).toURI());
        try (Stream<Path> files = Files.walk(resources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                DrawnImages.write(folder.resolve(resources.relativize(file).toString()), Files.readAllBytes(file));
            }
        }
        DrawnImages.write(folder.resolve(one), DrawnImages.png(40, 30));
        DrawnImages.write(folder.resolve(two), DrawnImages.png(36, 24));
        ExchangeReading reading = AnnotationFormats.read(folder, ReadOptions.DEFAULT);
        assertThat(reading.format()).isEqualTo(format);
        assertThat(reading.header().names()).contains("bolt", "a, b", "nut");
        Map<String, ExchangedImage> images = new HashMap<>();
        try (Stream<ExchangedImage> stream = reading.images()) {
            stream.forEach(image -> images.put(image.name(), image));
        }
        assertThat(reading.findings()).isEmpty();
        assertThat(images).hasSize(2);
        boolean saysSplits = format != ExchangeFormat.MASKS_PNG; // they are in ImageSets/Segmentation
        assertThat(images.get("one.png").split()).isEqualTo(saysSplits ? Split.TRAIN : Split.UNASSIGNED);
        assertThat(images.get("two.png").split()).isEqualTo(saysSplits ? Split.VALIDATION : Split.UNASSIGNED);
        return images;
    }

    private static List<AnnotatedObject> objects(ExchangedImage image) {
        return ((ObjectLabels) image.value().orElseThrow()).objects();
    }

    private static void assertBox(AnnotatedObject object, String name, double x, double y, double w, double h) {
        assertThat(object.name()).isEqualTo(name);
        assertThat(object.shape()).isInstanceOfSatisfying(BoxShape.class, box -> {
            assertThat(new double[] {box.x(), box.y(), box.width(), box.height()})
                    .containsExactly(new double[] {x, y, w, h}, org.assertj.core.data.Offset.offset(1e-4));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "coco_instances,COCO,images/train/one.png,images/val/two.png",
        "cvat,CVAT,images/one.png,images/two.png",
        "datumaro,DATUMARO,images/train/one.png,images/val/two.png",
        "open_images,OPEN_IMAGES,images/train/one.png,images/val/two.png",
        "voc_detection,PASCAL_VOC,JPEGImages/one.png,JPEGImages/two.png",
        "yolo,YOLO,obj_train_data/one.png,obj_val_data/two.png",
        "yolo_ultralytics,YOLO,images/train/one.png,images/val/two.png"
    })
    void shouldReadBoxes(String export, ExchangeFormat format, String one, String two) throws Exception {
        Map<String, ExchangedImage> images = read("boxes/" + export, format, one, two);

        List<AnnotatedObject> objects = objects(images.get("one.png"));
        assertBox(objects.get(0), "a, b", 4, 5, 20, 12);
        assertBox(objects.get(1), "bolt", 10, 8, 6, 16);
        assertBox(objects(images.get("two.png")).getFirst(), "nut", 1, 2, 30, 20);
        boolean saysIt = format.says(dev.fovea.datasets.exchange.model.ExchangeFeature.OCCLUDED);
        assertThat(objects.getFirst().flags().contains(ObjectFlag.OCCLUDED)).isEqualTo(saysIt);
    }

    @ParameterizedTest
    @CsvSource({
        "coco_instances,COCO,images/train/one.png,images/val/two.png",
        "cvat,CVAT,images/one.png,images/two.png",
        "datumaro,DATUMARO,images/train/one.png,images/val/two.png"
    })
    void shouldReadPolygonsAndMasks(String export, ExchangeFormat format, String one, String two) throws Exception {
        Map<String, ExchangedImage> images = read("outlines/" + export, format, one, two);

        assertThat(objects(images.get("one.png")))
                .extracting(AnnotatedObject::shape)
                .containsExactly(polygon(4, 5, 24, 6, 20, 17), polygon(26, 20, 38, 21, 30, 28));
        assertThat(objects(images.get("two.png")).getFirst().shape()).isEqualTo(mask());
    }

    private static Shape polygon(double... numbers) {
        return new PolygonShape(
                List.of(new Ring(java.util.Arrays.stream(numbers).boxed().toList())));
    }

    private static Shape mask() {
        boolean[] rows = new boolean[36 * 24];
        for (int y = 5; y < 12; y++) {
            for (int x = 8; x < 20; x++) {
                rows[y * 36 + x] = x != 10 || y != 7;
            }
        }
        return MaskShape.of(RowRuns.mask(new ImageSize(36, 24), rows));
    }

    @Test
    void shouldReadMasksInTheColoursOfALabelMap() throws Exception {
        Map<String, ExchangedImage> images =
                read("outlines/voc_segmentation", ExchangeFormat.MASKS_PNG, "JPEGImages/one.png", "JPEGImages/two.png");

        assertThat(images.get("one.png").value()).isEmpty();
        assertThat(objects(images.get("two.png"))).containsExactly(new AnnotatedObject("nut", mask()));
    }

    @ParameterizedTest
    @CsvSource({
        "cvat,CVAT,images/one.png,images/two.png",
        "datumaro,DATUMARO,images/train/one.png,images/val/two.png",
        "open_images,OPEN_IMAGES,images/train/one.png,images/val/two.png"
    })
    void shouldReadClassesOfWholeImages(String export, ExchangeFormat format, String one, String two) throws Exception {
        Map<String, ExchangedImage> images = read("labels/" + export, format, one, two);

        Optional<AnnotationValue> value = images.get("one.png").value();
        assertThat(value).contains(ClassLabels.of("a, b"));
        assertThat(images.get("two.png").value()).contains(ClassLabels.of("nut"));
    }
}
