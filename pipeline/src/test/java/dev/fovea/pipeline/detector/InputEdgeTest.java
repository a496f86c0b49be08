package dev.fovea.pipeline.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of a size with one object each, of which one in a hundred is tiny. */
class InputEdgeTest {

    @ParameterizedTest
    @CsvSource({
        // large objects need no more than the least
        "1280, 960, 320, 320",
        // 43 of 640 pixels are 27 at 402, which is rounded up
        "640, 480, 43, 416",
        // small objects take the most
        "4000, 3000, 40, 640",
        // no more than the images have
        "500, 375, 10, 512",
        "200, 200, 10, 320"
    })
    void shouldShowNearlyAllObjectsTwentySevenPixelsWide(int width, int height, int object, int edge) {
        List<LabelledBoxes> images = IntStream.range(0, 100)
                .mapToObj(number -> image(width, height, number == 0 ? 1 : object))
                .toList();
        assertThat(InputEdge.of(images)).isEqualTo(edge);
    }

    private static LabelledBoxes image(int width, int height, int object) {
        return new LabelledBoxes(
                Path.of("any.jpg"),
                new ImageSize(width, height),
                List.of(new LabelledBox(0, new Box(0, 0, object, object))));
    }
}
