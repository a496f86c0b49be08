package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.training.Batch.Target;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixupTest {

    private static final int IMAGE = 4;

    @Test
    void shouldLeaveImagesAloneWithoutAParameter() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8};
        Batch batch = new Mixup(0).blend(3, pixels.clone(), new int[] {1, 0}, new SplittableRandom(1));
        assertThat(batch.epoch()).isEqualTo(3);
        assertThat(batch.pixels()).isEqualTo(pixels);
        assertThat(batch.targets()).containsExactly(Target.pure(1), Target.pure(0));
    }

    @Test
    void shouldBlendEachImageWithTheOneAfterItInTheShareOfItsTarget() {
        int images = 64;
        byte[] pixels = new byte[images * IMAGE];
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            Arrays.fill(pixels, i * IMAGE, (i + 1) * IMAGE, (byte) (i * 4));
            labels[i] = i;
        }
        Batch batch = new Mixup(0.5).blend(0, pixels, labels, new SplittableRandom(2));
        int blended = 0;
        for (int i = 0; i < images; i++) {
            Target target = batch.targets()[i];
            int next = (i + 1) % images;
            assertThat(target.label()).isEqualTo(i);
            assertThat(target.other()).isEqualTo(next);
            assertThat(target.share()).isBetween(0.0, 0.5);
            double expected = 4 * i * (1 - target.share()) + 4 * next * target.share();
            for (int pixel = i * IMAGE; pixel < (i + 1) * IMAGE; pixel++) {
                assertThat(batch.pixels()[pixel] & 255).isCloseTo((int) Math.round(expected), within(1));
            }
            blended += target.share() > 0.05 ? 1 : 0;
        }
        assertThat(blended).isBetween(images / 3, images - 1);
    }

    @Test
    void shouldDrawSmallSharesMoreOftenTheSmallerTheParameter() {
        assertThat(meanShare(0.1)).isLessThan(meanShare(0.4));
        // the smaller one of a pair drawn evenly from 0 to 1 has the mean 1/4
        assertThat(meanShare(1)).isCloseTo(0.25, within(0.02));
    }

    private static double meanShare(double parameter) {
        Batch batch = new Mixup(parameter).blend(0, new byte[2000], new int[2000], new SplittableRandom(7));
        return Arrays.stream(batch.targets())
                .mapToDouble(Target::share)
                .average()
                .orElseThrow();
    }
}
