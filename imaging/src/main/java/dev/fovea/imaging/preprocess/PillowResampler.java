package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Size;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Resizes 8-bit interleaved pixels with the arithmetic of Pillow. The filter is separable and widened by the reduction
 * factor for antialiasing. Each axis has a pass in fixed point with 22 fractional bits; the intermediate image has 8
 * bits. Weights and rounding are unchanged since Pillow 2.7. Pillow 13.0 changed the order of the passes, which changes
 * the bytes. Source of the algorithm: Pillow, {@code Resample.c}.
 *
 * <p>Both passes add whole lines of packed pixels, so that the compiler vectorises the loops: it does for ints with one
 * index, and not where bytes become ints. The lines of the first pass lie across its axis and are turned before the
 * second.
 *
 * <p>An instance is the memory of one resize at a time. Instances are used again, as many as there are threads.
 */
final class PillowResampler {

    private static final int PRECISION_BITS = 22;
    private static final int HALF = 1 << (PRECISION_BITS - 1);

    /** Pixels that the first pass takes at once: 512 kB, which stay in the cache. */
    private static final int BAND_PIXELS = 1 << 17;

    private static final int MIN_BAND = 64;

    /** Of an instance that is kept: 8 MB. */
    private static final int MAX_KEPT_PIXELS = 1 << 21;

    /** Pixels of a cache line. */
    private static final int TILE = 16;

    private static final Deque<PillowResampler> FREE = new ConcurrentLinkedDeque<>();

    /** Which axis is resized first. */
    enum Passes {
        HORIZONTAL_FIRST,
        VERTICAL_FIRST;

        /**
         * The order of Pillow 13: vertically first where the height shrinks, and by more than twice as many pixels as
         * the width ({@code horizontal_first} in {@code ImagingResampleInner}).
         */
        static Passes ofPillow13(int height, int width, Size target) {
            int lessHeight = height - target.height();
            int lessWidth = width - target.width();
            return lessHeight > 0 && lessHeight > lessWidth * 2 ? VERTICAL_FIRST : HORIZONTAL_FIRST;
        }
    }

    private final PixelLines read = new PixelLines();
    private final PixelLines resampled = new PixelLines();
    private final PixelLines turned = new PixelLines();
    private final PixelLines resized = new PixelLines();

    private PillowResampler() {}

    /**
     * Resizes the part of an image that the axes read.
     *
     * @param pixels the whole image
     * @param rowBytes from one row to the next
     * @param passes their order
     * @param out receives {@code [rows.outputs, columns.outputs]} pixels, without space between rows
     */
    static void resize(
            PackedPixels pixels,
            int rowBytes,
            ResampledAxis rows,
            ResampledAxis columns,
            Passes passes,
            PackedPixels out) {
        PillowResampler known = FREE.pollFirst();
        PillowResampler resampler = known == null ? new PillowResampler() : known;
        resampler.resize(pixels, new Axis(rows, rowBytes), new Axis(columns, pixels.channels()), passes, out);
        if (resampler.isSmall()) {
            FREE.addFirst(resampler);
        }
    }

    /** An axis with the bytes from one input to the next. */
    private record Axis(ResampledAxis resampled, int step) {
        int from() {
            return resampled.from() * step;
        }

        int inputs() {
            return resampled.inputs();
        }

        int outputs() {
            return resampled.outputs();
        }
    }

    private void resize(PackedPixels pixels, Axis down, Axis across, Passes passes, PackedPixels out) {
        int[][] rows = switch (passes) {
            case HORIZONTAL_FIRST -> resize(pixels, across, down);
            case VERTICAL_FIRST -> {
                int[][] columns = resize(pixels, down, across);
                int[][] upright = read.of(down.outputs(), across.outputs());
                turn(columns, across.outputs(), down.outputs(), upright, 0);
                yield upright;
            }
        };
        out.put(rows, down.outputs(), across.outputs());
    }

    /** Lines along the first axis: {@code [second.outputs, first.outputs]}. */
    private int[][] resize(PackedPixels pixels, Axis first, Axis second) {
        int band = Math.min(second.inputs(), Math.max(MIN_BAND, BAND_PIXELS / first.inputs()));
        int[][] lines = read.of(first.inputs(), band);
        int[][] along = turned.of(second.inputs(), first.outputs());
        for (int from = 0; from < second.inputs(); from += band) {
            int length = Math.min(band, second.inputs() - from);
            int at = first.from() + second.from() + from * second.step();
            pixels.get(at, first.inputs(), first.step(), length, second.step(), lines);
            int[][] across = resample(lines, length, first.resampled(), pixels.channels(), resampled);
            turn(across, first.outputs(), length, along, from);
        }
        return resample(along, first.outputs(), second.resampled(), pixels.channels(), resized);
    }

    /** Rows to columns: pixel {@code k} of each of the lines into line {@code from + k}. */
    private static void turn(int[][] lines, int count, int length, int[][] out, int from) {
        for (int tile = 0; tile < count; tile += TILE) {
            int end = Math.min(count, tile + TILE);
            for (int k = 0; k < length; k++) {
                int[] line = out[from + k];
                for (int i = tile; i < end; i++) {
                    line[i] = lines[i][k];
                }
            }
        }
    }

    /** The first {@code length} pixels of the lines, weighted and added. */
    private static int[][] resample(int[][] lines, int length, ResampledAxis axis, int channels, PixelLines memory) {
        if (axis.isUnchanged()) {
            return lines;
        }
        int[][] out = memory.of(axis.outputs(), length);
        int[] sums = new int[length];
        for (int i = 0; i < axis.outputs(); i++) {
            Arrays.fill(out[i], 0, length, 0);
            for (int shift = 0; shift < 8 * channels; shift += 8) {
                Arrays.fill(sums, HALF);
                for (int k = 0; k < axis.count()[i]; k++) {
                    add(lines[axis.first()[i] + k], shift, axis.weights()[i * axis.stride() + k], sums);
                }
                pack(sums, shift, out[i]);
            }
        }
        return out;
    }

    private static void add(int[] line, int shift, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (line[i] >> shift & 0xff) * weight;
        }
    }

    private static void pack(int[] sums, int shift, int[] out) {
        for (int i = 0; i < sums.length; i++) {
            out[i] |= Math.max(0, Math.min(255, sums[i] >> PRECISION_BITS)) << shift;
        }
    }

    /** Whether it may be kept: what a large image needed is not. */
    private boolean isSmall() {
        return read.pixels() + resampled.pixels() + turned.pixels() + resized.pixels() <= MAX_KEPT_PIXELS;
    }
}
