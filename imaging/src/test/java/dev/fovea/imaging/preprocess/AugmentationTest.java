package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final Augmentation STRONG = new Augmentation(
            new Augmentation.Geometric(0.3, 2, 0.2, true, true),
            new Augmentation.Photometric(0.3, 0.5, 0.5, 0.5, 20, 0.4));

    @Property(tries = 50)
    void shouldGiveTheSameBytesForTheSameSeed(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll boolean color) {
        int channels = color ? 3 : 1;
        byte[] source = pixels(height * width * channels, seed);
        byte[] before = source.clone();
        byte[] first = apply(STRONG, source, new Size(height, width), channels, seed);
        assertThat(apply(STRONG, source, new Size(height, width), channels, seed))
                .isEqualTo(first);
        assertThat(source).isEqualTo(before);
    }

    @Property(tries = 30)
    void shouldChangeNothingWithZeroSettings(@ForAll long seed) {
        byte[] source = pixels(31 * 17 * 3, seed);
        assertThat(apply(Augmentation.NONE, source, new Size(31, 17), 3, seed)).isEqualTo(source);
    }

    @Property(tries = 30)
    void shouldKeepAnEvenImageEvenUnderCropsAndFlips(@ForAll long seed, @ForAll byte value) {
        Augmentation moves = new Augmentation(
                new Augmentation.Geometric(0.3, 2, 0.3, true, true), new Augmentation.Photometric(0, 0, 0, 0, 0, 0));
        byte[] source = new byte[20 * 20];
        java.util.Arrays.fill(source, value);
        assertThat(apply(moves, source, Size.square(20), 1, seed)).isEqualTo(source);
    }

    @Test
    void shouldMirrorAboutHalfOfTheImages() {
        Augmentation mirror = new Augmentation(
                new Augmentation.Geometric(1, 1, 0, true, false), new Augmentation.Photometric(0, 0, 0, 0, 0, 0));
        byte[] source = {1, 2, 3, 4, 5, 6};
        int mirrored = 0;
        for (int seed = 0; seed < 200; seed++) {
            byte[] result = apply(mirror, source, new Size(2, 3), 1, seed);
            boolean changed = result[0] == 3;
            assertThat(result).isEqualTo(changed ? new byte[] {3, 2, 1, 6, 5, 4} : source);
            mirrored += changed ? 1 : 0;
        }
        assertThat(mirrored).isBetween(70, 130);
    }

    @Test
    void shouldAddNoiseUpToTheConfiguredDeviation() {
        Augmentation noise = new Augmentation(
                new Augmentation.Geometric(1, 1, 0, false, false), new Augmentation.Photometric(0, 0, 0, 0, 10, 0));
        byte[] source = new byte[100 * 100];
        java.util.Arrays.fill(source, (byte) 128);
        double largest = 0;
        for (int seed = 0; seed < 50; seed++) {
            double squares = 0;
            for (byte pixel : apply(noise, source, Size.square(100), 1, seed)) {
                squares += Math.pow((pixel & 255) - 128, 2);
            }
            largest = Math.max(largest, Math.sqrt(squares / source.length));
        }
        assertThat(largest).isBetween(8.0, 10.5);
    }

    @Test
    void shouldWriteAtTheOffsetOnly() {
        byte[] target = new byte[12];
        Augmentation.NONE.apply(
                new byte[] {9, 8, 7, 6}, Size.square(2), target, 4, Size.square(2), 1, new SplittableRandom(1));
        assertThat(target).containsExactly(0, 0, 0, 0, 9, 8, 7, 6, 0, 0, 0, 0);
    }

    @Test
    void shouldShrinkByAveragingNeighbours() {
        byte[] source = {10, 20, 30, 40, 10, 20, 30, 40, 50, 60, 70, 80, 50, 60, 70, 80};
        byte[] target = new byte[4];
        Augmentation.NONE.apply(source, Size.square(4), target, 0, Size.square(2), 1, new SplittableRandom(1));
        assertThat(target).containsExactly(15, 35, 55, 75);
    }

    @Test
    void shouldRefuseSharesOutsideTheirRange() {
        assertThatThrownBy(() -> new Augmentation.Geometric(0, 1, 0, false, false))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("min area is 0.0");
    }

    private static byte[] apply(Augmentation augmentation, byte[] source, Size size, int channels, long seed) {
        byte[] target = new byte[source.length];
        augmentation.apply(source, size, target, 0, size, channels, new SplittableRandom(seed));
        return target;
    }

    private static byte[] pixels(int count, long seed) {
        byte[] pixels = new byte[count];
        new SplittableRandom(seed).nextBytes(pixels);
        return pixels;
    }
}
