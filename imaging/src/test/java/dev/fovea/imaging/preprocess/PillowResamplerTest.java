package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.PillowResampler.Passes;
import java.nio.ByteBuffer;
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
        return resize(pixels, width, channels, rows, columns, passes);
    }

    private static byte[] resize(
            byte[] pixels, int width, int channels, ResampledAxis rows, ResampledAxis columns, Passes passes) {
        int height = pixels.length / width / channels;
        byte[] out = new byte[rows.outputs() * columns.outputs() * channels];
        PillowResampler.resize(
                packed(pixels, height, width, channels),
                rows,
                columns,
                passes,
                packed(out, rows.outputs(), columns.outputs(), channels));
        return out;
    }

    private static PackedPixels packed(byte[] pixels, int height, int width, int channels) {
        return new PackedPixels(ByteBuffer.wrap(pixels), height, width, width * channels, channels);
    }

    @Property(tries = 300)
    void shouldGiveWhatPillowsLoopsGive(
            @ForAll Filter filter,
            @ForAll Passes passes,
            @ForAll boolean gray,
            @ForAll @IntRange(min = 1, max = 150) int height,
            @ForAll @IntRange(min = 1, max = 2500) int width,
            @ForAll @IntRange(min = 1, max = 100) int toHeight,
            @ForAll @IntRange(min = 1, max = 100) int toWidth,
            @ForAll long seed) {
        int channels = gray ? 1 : 3;
        byte[] noise = Arrays.copyOf(ImageFiles.noise(width, height, seed), width * height * channels);
        ResampledAxis rows = ResampledAxis.of(height, toHeight, 0, toHeight, filter);
        ResampledAxis columns = ResampledAxis.of(width, toWidth, 0, toWidth, filter);
        int[][][] pixels = samples(noise, width, channels);
        int[][][] expected = switch (passes) {
            case HORIZONTAL_FIRST -> transposed(across(transposed(across(pixels, columns)), rows));
            case VERTICAL_FIRST -> across(transposed(across(transposed(pixels), rows)), columns);
        };
        assertThat(samples(resize(noise, width, channels, rows, columns, passes), toWidth, channels))
                .isDeepEqualTo(expected);
    }

    private static int[][][] samples(byte[] pixels, int width, int channels) {
        int[][][] samples = new int[pixels.length / width / channels][width][channels];
        for (int i = 0; i < pixels.length; i++) {
            samples[i / channels / width][i / channels % width][i % channels] = pixels[i] & 0xff;
        }
        return samples;
    }

    private static int[][][] transposed(int[][][] samples) {
        int[][][] transposed = new int[samples[0].length][samples.length][];
        for (int y = 0; y < samples.length; y++) {
            for (int x = 0; x < samples[y].length; x++) {
                transposed[x][y] = samples[y][x];
            }
        }
        return transposed;
    }

    /** One pass as in {@code Resample.c}: one output after another. */
    private static int[][][] across(int[][][] samples, ResampledAxis axis) {
        if (axis.isUnchanged()) {
            return samples;
        }
        int[][][] out = new int[samples.length][axis.outputs()][samples[0][0].length];
        for (int y = 0; y < samples.length; y++) {
            for (int x = 0; x < axis.outputs(); x++) {
                for (int c = 0; c < out[y][x].length; c++) {
                    int sum = 1 << 21;
                    for (int k = 0; k < axis.count()[x]; k++) {
                        sum += samples[y][axis.from() + axis.first()[x] + k][c] * axis.weights()[x * axis.stride() + k];
                    }
                    out[y][x][c] = Math.clamp(sum >> 22, 0, 255);
                }
            }
        }
        return out;
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
        byte[] window = resize(noise, width, 3, down, across, passes);
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
