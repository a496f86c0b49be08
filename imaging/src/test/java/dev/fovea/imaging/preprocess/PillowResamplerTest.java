package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.PillowResampler.Passes;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PillowResamplerTest {

    @Property(tries = 500)
    void shouldLeaveAConstantImageConstant(
            @ForAll Filter filter,
            @ForAll Passes passes,
            @ForAll byte value,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int toHeight,
            @ForAll @IntRange(min = 1, max = 60) int toWidth) {
        byte[] constant = new byte[height * width * 3];
        Arrays.fill(constant, value);
        byte[] resized =
                PillowResampler.resize(constant, height, width, 3, new Size(toHeight, toWidth), filter, passes);
        assertThat(resized).hasSize(toHeight * toWidth * 3).containsOnly(value);
    }

    @Property(tries = 200)
    void shouldNotChangeAnImageOfTheTargetSize(
            @ForAll Filter filter,
            @ForAll Passes passes,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll long seed) {
        byte[] noise = ImageFiles.noise(width, height, seed);
        assertThat(PillowResampler.resize(noise, height, width, 3, new Size(height, width), filter, passes))
                .isEqualTo(noise);
    }

    @Property(tries = 200)
    void shouldCommuteWithMirroring(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int toWidth,
            @ForAll long seed) {
        byte[] row = Arrays.copyOf(ImageFiles.noise(width, 1, seed), width);
        byte[] resized = PillowResampler.resize(
                row, 1, width, 1, new Size(1, toWidth), Filter.BILINEAR, Passes.HORIZONTAL_FIRST);
        byte[] mirrored = PillowResampler.resize(
                reversed(row), 1, width, 1, new Size(1, toWidth), Filter.BILINEAR, Passes.HORIZONTAL_FIRST);
        for (int i = 0; i < toWidth; i++) {
            // fixed-point weights are rounded one by one
            assertThat(Math.abs((reversed(mirrored)[i] & 0xff) - (resized[i] & 0xff)))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Property(tries = 100)
    void shouldAverageAreas(@ForAll long seed) {
        byte[] four = Arrays.copyOf(ImageFiles.noise(2, 2, seed), 4);
        int sum = 0;
        for (byte value : four) {
            sum += value & 0xff;
        }
        byte[] one = PillowResampler.resize(four, 2, 2, 1, Size.square(1), Filter.AREA, Passes.HORIZONTAL_FIRST);
        // two roundings, one per pass
        assertThat(Math.abs((one[0] & 0xff) - sum / 4.0)).isLessThanOrEqualTo(1);
    }

    private static byte[] reversed(byte[] row) {
        byte[] reversed = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            reversed[i] = row[row.length - 1 - i];
        }
        return reversed;
    }
}
