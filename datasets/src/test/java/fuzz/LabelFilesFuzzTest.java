package fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.datasets.formats.DetectionFolder;
import dev.fovea.datasets.formats.LabelSets;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A folder of one image and one file of labels, which is read as everything that a folder can be. */
class LabelFilesFuzzTest {

    private static final List<String> LABELS = List.of("cat", "dog");
    private static final List<String> NAMES =
            List.of("a.txt", "data.yaml", "a.xml", "instances.json", "labels.csv", "export.json", "classes.txt");

    @TempDir
    private static Path directory;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "\0" + "1 0.5 0.5 0.2 0.4\n\n0 0.1 0.1 0.3 0.2 0.2 0.9\r\n",
                        "\1" + "path: .\ntrain: .\nnames:\n  0: cat\n  1: dog\n",
                        "\1" + "names: [cat, 'dog']\nnc: 2\n",
                        "\2"
                                + "<annotation><filename>a.png</filename><size><width>20</width><height>10</height></size><object><name>dog</name><difficult>0</difficult><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>8</ymax></bndbox></object></annotation>",
                        "\3"
                                + "{\"images\": [{\"id\": 7, \"file_name\": \"a.png\", \"width\": 20, \"height\": 10}], \"categories\": [{\"id\": 18, \"name\": \"dog\"}], \"annotations\": [{\"id\": 1, \"image_id\": 7, \"category_id\": 18, \"bbox\": [1, 2, 3, 4], \"area\": 12, \"iscrowd\": 0, \"segmentation\": [[1, 2, 3, 4, 5, 6]]}]}",
                        "\4" + "image,label\na.png,dog\n",
                        "\4" + "\"image\";\"label\"\r\n\"a.png\";\"cat|dog\"\r\n",
                        "\5"
                                + "[{\"id\": 1, \"data\": {\"image\": \"/data/upload/a.png\"}, \"annotations\": [{\"result\": [{\"type\": \"choices\", \"value\": {\"choices\": [\"dog\"]}}, {\"type\": \"rectanglelabels\", \"original_width\": 20, \"original_height\": 10, \"value\": {\"x\": 1, \"y\": 2, \"width\": 30, \"height\": 40, \"rectanglelabels\": [\"dog\"]}}]}]}]",
                        "\6" + "cat\ndog\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10s")
    void shouldReadOrRefuse(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        Path image = directory.resolve("a.png");
        if (!Files.exists(image)) {
            try (Image drawn = Image.of(new byte[20 * 10], 20, 10, 1)) {
                Files.write(image, new ImageWriter().png(drawn));
            }
        }
        Path file = directory.resolve(NAMES.get(Math.floorMod(bytes[0], NAMES.size())));
        Files.write(file, Arrays.copyOfRange(bytes, 1, bytes.length));
        try {
            readOrRefuse(() -> DetectionFolder.read(directory, LABELS));
            readOrRefuse(() -> ClassificationFolder.read(directory));
            readOrRefuse(() -> LabelSets.read(directory, LABELS));
        } finally {
            Files.delete(file);
        }
    }

    private static void readOrRefuse(Runnable reader) {
        try {
            reader.run();
        } catch (FoveaException e) {
            assertThat(e.code().kind()).as(e.toString()).isEqualTo(ErrorCode.Kind.BAD_INPUT);
            assertThat(e.getMessage()).hasSizeLessThan(10_000);
        }
    }
}
