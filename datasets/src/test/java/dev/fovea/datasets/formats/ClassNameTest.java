package dev.fovea.datasets.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.FoundFile;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class called "dog", an escape and "[2J", which would clear a terminal, in every place that can state it. */
class ClassNameTest {

    private static final String NAME = "dog\u001b[2J";
    private static final String SHOWN = "the class name \"dog\\u001b[2J\" contains control characters. ";

    @TempDir
    private Path folder;

    @BeforeEach
    void drawAnImage() throws IOException {
        try (Image image = Image.of(new byte[200 * 100], 200, 100, 1)) {
            Files.write(folder.resolve("a.png"), new ImageWriter().png(image));
        }
    }

    private void text(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private void assertRefused(ThrowingCallable read, String source) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .hasMessageContaining(source)
                .hasMessageContaining(SHOWN);
    }

    private void boxes() {
        DetectionFolder.read(folder, List.of("dog"));
    }

    private void labels() {
        ClassificationFolder.read(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"names: [\"dog\\e[2J\"]", "names: {0: \"dog\\u001b[2J\"}"})
    void shouldRefuseItInDataYaml(String yaml) throws IOException {
        text("data.yaml", yaml);
        text("a.txt", "0 0.5 0.5 0.2 0.4\n");
        assertRefused(this::boxes, "data.yaml: ");
    }

    @Test
    void shouldRefuseItInAListOfNames() throws IOException {
        text("classes.txt", NAME + "\n");
        text("a.txt", "0 0.5 0.5 0.2 0.4\n");
        assertRefused(this::boxes, "classes.txt: ");
    }

    @Test
    void shouldRefuseItInCoco() throws IOException {
        text("coco.json", """
                {"images": [{"id": 7, "file_name": "a.png"}],
                 "categories": [
                   {"id": 18, "name": "dog\\u001b[2J"}],
                 "annotations": [{"id": 1, "image_id": 7, "category_id": 18, "bbox": [80, 30, 40, 40]}]}
                """);
        assertRefused(this::boxes, "Line 3 of " + folder.resolve("coco.json"));
    }

    @Test
    void shouldRefuseItInPascalVoc() throws IOException {
        text("a.xml", """
                <?xml version="1.1"?><annotation><object><name>dog&#x1b;[2J</name>
                <bndbox><xmin>80</xmin><ymin>30</ymin><xmax>120</xmax><ymax>70</ymax></bndbox></object></annotation>
                """);
        assertRefused(this::boxes, "The object in line 1 of ");
    }

    @Test
    void shouldRefuseItInRectanglesAndChoicesOfLabelStudio() throws IOException {
        text("export.json", """
                [{"id": 5, "data": {"image": "a.png"}, "annotations": [{"result": [
                   {"value": {"x": 25, "y": 50, "width": 50, "height": 25, "rectanglelabels": ["dog\\u001b[2J"]}}]}]}]
                """);
        assertRefused(this::boxes, "Task 5 of ");
        text("export.json", """
                [{"id": 5, "data": {"image": "a.png"}, "annotations": [{"result": [
                   {"value": {"choices": ["dog\\u001b[2J"]}}]}]}]
                """);
        assertRefused(this::labels, "export.json: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image,label\na.png," + NAME + "\n", "image,cat," + NAME + "\na.png,0,1\n"})
    void shouldRefuseItInATable(String table) throws IOException {
        text("labels.csv", table);
        assertThatThrownBy(this::labels).hasMessageContaining("labels.csv: ").hasMessageContaining("\\u001b[2");
    }

    @Test
    void shouldRefuseItAsAFolder() throws IOException {
        Files.createDirectories(folder.resolve(NAME));
        Files.move(folder.resolve("a.png"), folder.resolve(NAME).resolve("a.png"));
        assertThatThrownBy(this::labels).hasMessageContaining(SHOWN + "Rename the folder.");
    }

    @Test
    void shouldGiveEqualNamesOneForm() {
        assertThat(ClassName.of("Cafe\u0301", "labels.csv")).isEqualTo("Caf\u00e9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "a\\b", "..", ".", ".hidden", "a%2Fb", "%2E", "%25", "%252F", "50 %", "%", "x%2", "/2F"})
    void shouldReadTheFolderOfAClassAsTheClass(String name) {
        assertThat(ClassName.toFolder(name)).doesNotContain("/", "\\").doesNotStartWith(".");
        assertThat(ClassName.ofFolder(ClassName.toFolder(name))).isEqualTo(name);
    }

    @Test
    void shouldKeepPercentSignsOfFoldersThatPeopleMade() {
        assertThat(ClassName.ofFolder("50% off")).isEqualTo("50% off");
        assertThat(ClassName.ofFolder("caf%C3%A9")).isEqualTo("caf%C3%A9");
        assertThat(ClassName.ofFolder("100%25")).isEqualTo("100%25");
    }

    @Test
    void shouldTrainOnTheNameThatAFolderStandsFor() throws IOException {
        Files.createDirectories(folder.resolve("set/a%2Fb"));
        Files.createDirectories(folder.resolve("set/c"));
        Files.copy(folder.resolve("a.png"), folder.resolve("set/a%2Fb/1.png"));
        Files.copy(folder.resolve("a.png"), folder.resolve("set/c/1.png"));

        assertThat(ClassificationFolder.read(folder.resolve("set")).listing().files())
                .extracting(FoundFile::label)
                .containsExactly("a/b", "c");
    }
}
