package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.training.detection.SeenImages.SeenImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Dark images with a bright object each, of another class in each. */
class SceneComposerTest {

    private static final Size SIZE = Size.square(96);
    private static final SeenImages IMAGES = new SeenImages(
            SIZE, 1, IntStream.range(0, 4).mapToObj(SceneComposerTest::image).toList());

    private final SceneComposer composer = new SceneComposer(IMAGES, SIZE, true);

    @Test
    void shouldShowEachObjectInItsBox() {
        for (int seed = 0; seed < 40; seed++) {
            byte[] pixels = new byte[96 * 96];
            Scene scene = composer.mosaic(new int[] {0, 1, 2, 3}, pixels, 0, new SplittableRandom(seed));
            for (LabelledBox object : scene.objects()) {
                Box box = object.box();
                assertThat(box.within(new Box(0, 0, 96, 96))).isEqualTo(box);
                int x = (int) ((box.x1() + box.x2()) / 2);
                int y = (int) ((box.y1() + box.y2()) / 2);
                assertThat(pixels[y * 96 + x] & 255)
                        .as("seed %d at %d, %d", seed, x, y)
                        .isGreaterThan(120);
            }
            assertThat(scene.objects().stream().map(LabelledBox::label)).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldIgnoreWhatLittleIsLeftOfAnObjectAndKeepTheRest() {
        int kept = 0;
        int ignored = 0;
        for (int seed = 0; seed < 60; seed++) {
            Scene scene = composer.mosaic(new int[] {0, 1, 2, 3}, new byte[96 * 96], 0, new SplittableRandom(seed));
            kept += scene.objects().size();
            ignored += scene.ignored().size();
            assertThat(scene.objects().size() + scene.ignored().size()).isLessThanOrEqualTo(4);
        }
        assertThat(ignored).isPositive();
        assertThat(kept).isGreaterThan(5 * ignored);
    }

    @Test
    void shouldShowTheObjectOfEachImageInItsPartOfAMosaic() {
        int whole = 0;
        for (int seed = 0; seed < 60; seed++) {
            Scene scene = composer.mosaic(new int[] {0, 1, 2, 3}, new byte[96 * 96], 0, new SplittableRandom(seed));
            assertThat(scene.objects().size() + scene.ignored().size())
                    .as("seed %d", seed)
                    .isEqualTo(4);
            whole += scene.objects().size();
        }
        // the others are larger than their part
        assertThat(whole).isGreaterThan(220);
    }

    @Test
    void shouldComposeTheSameSceneFromTheSameNumbers() {
        byte[] first = new byte[96 * 96];
        byte[] second = new byte[96 * 96];
        Scene one = composer.single(2, first, 0, new SplittableRandom(8));
        Scene other = composer.single(2, second, 0, new SplittableRandom(8));
        assertThat(second).isEqualTo(first);
        assertThat(other).isEqualTo(one);
    }

    private static SeenImage image(int number) {
        byte[] pixels = new byte[96 * 96];
        Arrays.fill(pixels, (byte) 20);
        int left = 10 + 15 * number;
        for (int y = 20; y < 50; y++) {
            Arrays.fill(pixels, y * 96 + left, y * 96 + left + 24, (byte) 240);
        }
        return new SeenImage(
                pixels,
                ImageTransform.identity(SIZE),
                new Box(0, 0, 96, 72),
                new Scene(List.of(new LabelledBox(number, new Box(left, 20, left + 24, 50))), List.of()));
    }
}
