package dev.fovea.datasets.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ReadFinding;
import dev.fovea.datasets.exchange.model.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotations are read for the task that is stated, and what fits none is refused and not read as no labels. */
class TaskChoiceTest {

    @TempDir
    Path folder;

    @BeforeEach
    void drawImages() {
        for (int i = 0; i < 3; i++) {
            DrawnImages.write(folder.resolve("images/%d.png".formatted(i)), DrawnImages.png(100, 80));
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private void yolo() throws IOException {
        write("data.yaml", "names: [hole]\n");
        for (int i = 0; i < 3; i++) {
            write("boxes/%d.txt".formatted(i), "0 0.5 0.5 0.2 0.2\n");
            write("outlines/%d.txt".formatted(i), "0 0.4 0.4 0.6 0.4 0.6 0.6 0.4 0.6 0.3 0.5\n");
        }
    }

    private static List<ExchangedImage> images(ExchangeReading reading) {
        try (Stream<ExchangedImage> images = reading.images()) {
            return images.toList();
        }
    }

    private ExchangeReading read(ImageTask task) {
        return AnnotationFormats.read(folder, ReadOptions.DEFAULT.withTask(task));
    }

    @Test
    void shouldReadTheOutlinesOfAFolderThatHasBoxesTooForSegmentation() throws IOException {
        yolo();

        ExchangeReading outlines = read(ImageTask.INSTANCE_SEGMENTATION);
        ExchangeReading boxes = read(ImageTask.DETECTION);

        assertThat(outlines.format()).isEqualTo(ExchangeFormat.YOLO_SEGMENT);
        assertThat(boxes.format()).isEqualTo(ExchangeFormat.YOLO);
        assertThat(images(boxes)).hasSize(3);
        assertThat(boxes.findings())
                .extracting(ReadFinding::sentence)
                .singleElement()
                .asString()
                .contains("outlines", "other labels of the same images", "Nothing needs to be done")
                .doesNotContain("--task");
    }

    @Test
    void shouldAdviseToStateTheTaskOnlyWhereItWasNotStated() throws IOException {
        yolo();

        ExchangeReading reading = AnnotationFormats.read(folder, ReadOptions.DEFAULT);

        assertThat(images(reading)).hasSize(3);
        assertThat(reading.findings())
                .extracting(ReadFinding::sentence)
                .singleElement()
                .asString()
                .contains("other labels of the same images", "State --task");
    }

    @Test
    void shouldSayOnceThatNoNamesOfClassesWereFoundAndHowToGiveThem() throws IOException {
        for (int i = 0; i < 3; i++) {
            write("labels/%d.txt".formatted(i), "%d 0.5 0.5 0.2 0.2\n".formatted(i));
        }

        ExchangeReading numbered = AnnotationFormats.read(folder, ReadOptions.DEFAULT);

        assertThat(images(numbered)).hasSize(3);
        assertThat(numbered.header().names()).containsExactlyInAnyOrder("0", "1", "2");
        assertThat(numbered.findings())
                .extracting(ReadFinding::sentence)
                .singleElement()
                .asString()
                .contains("no names of the classes were found", "data.yaml", "classes.txt", "rename-class");

        write("classes.txt", "hole\nnone\ntear\n");
        ExchangeReading named = AnnotationFormats.read(folder, ReadOptions.DEFAULT);
        assertThat(images(named)).hasSize(3);
        assertThat(named.header().names()).containsExactly("hole", "none", "tear");
        assertThat(named.findings()).isEmpty();
    }

    @Test
    void shouldRefuseBoxesForSegmentation() throws IOException {
        for (int i = 0; i < 3; i++) {
            write("labels/%d.txt".formatted(i), "0 0.5 0.5 0.2 0.2\n");
        }

        assertThatThrownBy(() -> read(ImageTask.SEMANTIC_SEGMENTATION))
                .hasMessageContaining("are for detection, and the task is semantic-segmentation")
                .hasMessageContaining("--task detection");
    }

    @Test
    void shouldNotReadFoldersOfImagesAsClassesWhereObjectsAreLabelled() throws IOException {
        Path cameras = folder.resolve("images");
        DrawnImages.write(cameras.resolve("left/0.png"), DrawnImages.png(100, 80));
        DrawnImages.write(cameras.resolve("right/1.png"), DrawnImages.png(100, 80));
        for (int i = 0; i < 3; i++) {
            Files.delete(cameras.resolve("%d.png".formatted(i)));
        }

        assertThat(AnnotationFormats.recognise(cameras, ReadOptions.DEFAULT)).contains(ExchangeFormat.FOLDERS);
        assertThat(AnnotationFormats.recognise(cameras, ReadOptions.DEFAULT.withTask(ImageTask.DETECTION)))
                .isEmpty();
    }

    @Test
    void shouldRefuseATableWhoseLabelsAreInColumnsOfUnknownNames() throws IOException {
        write("labels.csv", "image,annotator1,annotator2\n0.png,cat,dog\n1.png,cat,cat\n");

        assertThatThrownBy(() -> AnnotationFormats.read(folder, ReadOptions.DEFAULT))
                .hasMessageContaining("line 2 of")
                .hasMessageContaining("\"cat\" in the column \"annotator1\" is neither 0 nor 1")
                .hasMessageContaining("Nothing was imported");
    }

    @Test
    void shouldRefuseAMarkThatIsNeitherZeroNorOne() throws IOException {
        write("labels.csv", "image,Cat,Dog\n0.png,1,0\n1.png,x,1\n");

        assertThatThrownBy(() -> AnnotationFormats.read(folder, ReadOptions.DEFAULT))
                .hasMessageContaining("line 3 of")
                .hasMessageContaining("\"x\" in the column \"Cat\"");
    }

    @Test
    void shouldKeepTheCaseOfClassesThatAreColumns() throws IOException {
        write("labels.csv", "Image,Cat,Dog,camera\n0.png,1,0,left\n1.png,1,1,right\n2.png,0,0,left\n");

        ExchangeReading reading = AnnotationFormats.read(folder, ReadOptions.DEFAULT);

        assertThat(reading.header().task()).isEqualTo(ImageTask.MULTI_LABEL);
        assertThat(reading.header().names()).containsExactly("Cat", "Dog");
        assertThat(images(reading)).allMatch(image -> image.value().isPresent());
    }

    @Test
    void shouldReadAnEmptyLabelAsAnUnlabelledImage() throws IOException {
        write("labels.csv", "image,label\n0.png,cat\n1.png,\n2.png,dog\n");

        ExchangeReading reading = AnnotationFormats.read(folder, ReadOptions.DEFAULT);

        assertThat(reading.header().task()).isEqualTo(ImageTask.CLASSIFICATION);
        assertThat(images(reading)).filteredOn(image -> image.value().isEmpty()).hasSize(1);
    }
}
