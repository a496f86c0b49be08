package dev.fovea.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Size;
import dev.fovea.training.batch.Batch.Target;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CutMixTest {

    private static final int IMAGES = 32;
    private static final Size SIZE = new Size(12, 9);
    private static final int EACH = 12 * 9 * 3;

    @Test
    void shouldTakeAsMuchOfTheNextImageAsItsTargetSays() {
        Batch batch = new CutMix(SIZE, 3).blend(2, pixels(), targets(), new SplittableRandom(4));
        double pasted = 0;
        for (int i = 0; i < IMAGES; i++) {
            int next = (i + 1) % IMAGES;
            int foreign = 0;
            for (int at = i * EACH; at < (i + 1) * EACH; at++) {
                assertThat(batch.pixels()[at]).isIn((byte) i, (byte) next);
                foreign += batch.pixels()[at] == next ? 1 : 0;
            }
            double share = foreign / (double) EACH;
            assertThat(batch.targets()[i].probabilities()[next]).isCloseTo(share, within(1e-12));
            assertThat(batch.targets()[i].probabilities()[i]).isCloseTo(1 - share, within(1e-12));
            pasted += share;
        }
        assertThat(batch.epoch()).isEqualTo(2);
        assertThat(pasted / IMAGES).isBetween(0.15, 0.6);
    }

    @Test
    void shouldBeChosenByItsProbability() {
        Blending never = Blending.of(0, 0, SIZE, 3);
        Blending always = Blending.of(0, 1, SIZE, 3);
        assertThat(never.blend(0, pixels(), targets(), new SplittableRandom(1)).pixels())
                .isEqualTo(pixels());
        assertThat(always.blend(0, pixels(), targets(), new SplittableRandom(1)).pixels())
                .isNotEqualTo(pixels())
                .isEqualTo(always.blend(0, pixels(), targets(), new SplittableRandom(1))
                        .pixels());
    }

    private static byte[] pixels() {
        byte[] pixels = new byte[IMAGES * EACH];
        for (int i = 0; i < IMAGES; i++) {
            Arrays.fill(pixels, i * EACH, (i + 1) * EACH, (byte) i);
        }
        return pixels;
    }

    private static Target[] targets() {
        Target[] targets = new Target[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            double[] probabilities = new double[IMAGES];
            probabilities[i] = 1;
            targets[i] = new Target(probabilities, 1);
        }
        return targets;
    }
}
