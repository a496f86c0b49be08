package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.PillowResampler.Passes;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PillowResamplerTest {

    private static byte[] resize(
            byte[] pixels, int height, int width, int channels, Size target, Filter filter, Passes passes) {
        ResampledAxis rows = ResampledAxis.of(height, target.height(), 0, target.height(), filter);
        ResampledAxis columns = ResampledAxis.of(width, target.width(), 0, target.width(), filter);
        byte[] read = part(pixels, width, channels, rows.from(), columns.from(), rows.inputs(), columns.inputs());
        return PillowResampler.resize(read, channels, rows, columns, passes);
    }

    /** The window of a resize is a part of the whole resize, to the byte. */
    @Property(tries = 500)
    void shouldComputeAWindowAsTheWholeHasIt(
            @ForAll Filter filter,
            @ForAll Passes passes,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int toHeight,
            @ForAll @IntRange(min = 1, max = 60) int toWidth,
            @ForAll long seed) {
        Random random = new Random(seed);
        int top = random.nextInt(toHeight);
        int left = random.nextInt(toWidth);
        int rows = 1 + random.nextInt(toHeight - top);
        int columns = 1 + random.nextInt(toWidth - left);
        byte[] noise = ImageFiles.noise(width, height, seed);
        ResampledAxis down = ResampledAxis.of(height, toHeight, top, rows, filter);
        ResampledAxis across = ResampledAxis.of(width, toWidth, left, columns, filter);
        byte[] read = part(noise, width, 3, down.from(), across.from(), down.inputs(), across.inputs());
        byte[] window = PillowResampler.resize(read, 3, down, across, passes);
        byte[] whole = resize(noise, height, width, 3, new Size(toHeight, toWidth), filter, passes);
        assertThat(window).isEqualTo(part(whole, toWidth, 3, top, left, rows, columns));
    }

    private static byte[] part(byte[] pixels, int width, int channels, int top, int left, int rows, int columns) {
        byte[] part = new byte[rows * columns * channels];
        int bytes = columns * channels;
        for (int y = 0; y < rows; y++) {
            System.arraycopy(pixels, ((top + y) * width + left) * channels, part, y * bytes, bytes);
        }
        return part;
    }

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
        byte[] resized = resize(constant, height, width, 3, new Size(toHeight, toWidth), filter, passes);
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
        assertThat(resize(noise, height, width, 3, new Size(height, width), filter, passes))
                .isEqualTo(noise);
    }

    @Property(tries = 200)
    void shouldCommuteWithMirroring(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int toWidth,
            @ForAll long seed) {
        byte[] row = Arrays.copyOf(ImageFiles.noise(width, 1, seed), width);
        byte[] resized = resize(row, 1, width, 1, new Size(1, toWidth), Filter.BILINEAR, Passes.HORIZONTAL_FIRST);
        byte[] mirrored =
                resize(reversed(row), 1, width, 1, new Size(1, toWidth), Filter.BILINEAR, Passes.HORIZONTAL_FIRST);
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
        byte[] one = resize(four, 2, 2, 1, Size.square(1), Filter.AREA, Passes.HORIZONTAL_FIRST);
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
