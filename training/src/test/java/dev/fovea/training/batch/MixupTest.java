package dev.fovea.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.training.batch.Batch.Target;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixupTest {

    private static final int IMAGE = 4;

    @Test
    void shouldLeaveImagesAloneWithoutAParameter() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8};
        Target[] shown = {pure(2, 1), pure(2, 0)};
        Batch batch = new Mixup(0).blend(3, pixels.clone(), shown, new SplittableRandom(1));
        assertThat(batch.epoch()).isEqualTo(3);
        assertThat(batch.pixels()).isEqualTo(pixels);
        assertThat(batch.targets()).containsExactly(shown);
    }

    @Test
    void shouldBlendEachImageWithTheOneAfterItInTheShareOfItsTarget() {
        int images = 64;
        byte[] pixels = new byte[images * IMAGE];
        Target[] shown = new Target[images];
        for (int i = 0; i < images; i++) {
            Arrays.fill(pixels, i * IMAGE, (i + 1) * IMAGE, (byte) (i * 4));
            shown[i] = pure(images, i);
        }
        Batch batch = new Mixup(0.5).blend(0, pixels, shown, new SplittableRandom(2));
        int blended = 0;
        for (int i = 0; i < images; i++) {
            Target target = batch.targets()[i];
            int next = (i + 1) % images;
            double share = target.probabilities()[next];
            assertThat(share).isBetween(0.0, 0.5);
            assertThat(target.probabilities()[i]).isCloseTo(1 - share, within(1e-12));
            assertThat(target.weight()).isCloseTo(1 + i * (1 - share) + next * share, within(1e-9));
            double expected = 4 * i * (1 - share) + 4 * next * share;
            for (int pixel = i * IMAGE; pixel < (i + 1) * IMAGE; pixel++) {
                assertThat(batch.pixels()[pixel] & 255).isCloseTo((int) Math.round(expected), within(1));
            }
            blended += share > 0.05 ? 1 : 0;
        }
        assertThat(blended).isBetween(images / 3, images - 1);
    }

    @Test
    void shouldDrawSmallSharesMoreOftenTheSmallerTheParameter() {
        assertThat(meanShare(0.1)).isLessThan(meanShare(0.4));
        // the smaller one of a pair drawn evenly from 0 to 1 has the mean 1/4
        assertThat(meanShare(1)).isCloseTo(0.25, within(0.02));
    }

    private static Target pure(int classes, int label) {
        double[] probabilities = new double[classes];
        probabilities[label] = 1;
        return new Target(probabilities, 1 + label);
    }

    private static double meanShare(double parameter) {
        Target[] shown = new Target[2000];
        Arrays.setAll(shown, i -> pure(2, i % 2));
        Batch batch = new Mixup(parameter).blend(0, new byte[2000], shown, new SplittableRandom(7));
        return IntStream.range(0, shown.length)
                .mapToDouble(i -> batch.targets()[i].probabilities()[(i + 1) % 2])
                .average()
                .orElseThrow();
    }
}
