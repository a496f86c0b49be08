package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bright rectangle in a dark image: whatever is done to the image, its box goes where its pixels go. */
class PlacementTest {

    private static final Size SOURCE = new Size(40, 60);
    private static final Box CONTENT = new Box(0, 0, 50, 40);
    private static final Box BRIGHT = new Box(10, 5, 30, 15);
    private static final Size SCENE = Size.square(100);

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 0",
        "1, 1, 5, 9",
        "2, 2, 3, 7",
        "3, 1, 20, 20",
        "4, 1.5, 0, 0",
        "5, 2, 10, -20",
        "6, 1, 30, 40",
        "7, 2, -30, 0"
    })
    void shouldMoveBoxesWithTheirPixels(int symmetry, double scale, double left, double top) {
        Placement placement = new Placement(CONTENT, symmetry, scale, left, top);
        byte[] scene = new byte[SCENE.width() * SCENE.height()];
        placement.draw(source(), SOURCE, scene, 0, SCENE, new Box(0, 0, 100, 100), 1);
        Box box = placement.toScene(BRIGHT).within(new Box(0, 0, 100, 100));
        Box seen = bright(scene);
        assertThat((double) seen.x1()).isCloseTo(box.x1(), within(1.0));
        assertThat((double) seen.y1()).isCloseTo(box.y1(), within(1.0));
        assertThat((double) seen.x2()).isCloseTo(box.x2(), within(1.0));
        assertThat((double) seen.y2()).isCloseTo(box.y2(), within(1.0));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void shouldKeepPixelsAsTheyAreWhereNothingIsScaled(int symmetry) {
        byte[] scene = new byte[SCENE.width() * SCENE.height()];
        new Placement(CONTENT, symmetry, 1, 0, 0).draw(source(), SOURCE, scene, 0, SCENE, new Box(0, 0, 100, 100), 1);
        int count = 0;
        for (byte value : scene) {
            assertThat((int) value).isIn(0, 100);
            count += value == 100 ? 1 : 0;
        }
        assertThat(count).isEqualTo(20 * 10);
    }

    private static byte[] source() {
        byte[] source = new byte[SOURCE.width() * SOURCE.height()];
        for (int y = 5; y < 15; y++) {
            for (int x = 10; x < 30; x++) {
                source[y * SOURCE.width() + x] = 100;
            }
        }
        return source;
    }

    private static Box bright(byte[] scene) {
        int x1 = 100;
        int y1 = 100;
        int x2 = 0;
        int y2 = 0;
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 100; x++) {
                if (scene[y * 100 + x] >= 50) {
                    x1 = Math.min(x1, x);
                    y1 = Math.min(y1, y);
                    x2 = Math.max(x2, x + 1);
                    y2 = Math.max(y2, y + 1);
                }
            }
        }
        return new Box(x1, y1, x2, y2);
    }
}
