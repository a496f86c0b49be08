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
     * @param passes their order
     * @param out receives {@code rows.outputs} rows of {@code columns.outputs} pixels
     */
    static void resize(PackedPixels pixels, ResampledAxis rows, ResampledAxis columns, Passes passes, PixelRows out) {
        PillowResampler known = FREE.pollFirst();
        PillowResampler resampler = known == null ? new PillowResampler() : known;
        Axis down = new Axis(rows, pixels.rowBytes());
        Axis across = new Axis(columns, pixels.channels());
        switch (passes) {
            case HORIZONTAL_FIRST -> resampler.resize(pixels, across, down, out);
            case VERTICAL_FIRST -> resampler.resizeTurned(pixels, down, across, out);
        }
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

    private void resizeTurned(PackedPixels pixels, Axis down, Axis across, PixelRows out) {
        int[][] columns = resized.of(across.outputs(), down.outputs());
        resize(pixels, down, across, (x, column) -> System.arraycopy(column, 0, columns[x], 0, down.outputs()));
        int[][] rows = read.of(down.outputs(), across.outputs());
        turn(columns, across.outputs(), down.outputs(), rows, 0);
        for (int y = 0; y < down.outputs(); y++) {
            out.put(y, rows[y]);
        }
    }

    /** Gives lines along the first axis, {@code second.outputs} of {@code first.outputs} pixels. */
    private void resize(PackedPixels pixels, Axis first, Axis second, PixelRows out) {
        int band = Math.min(second.inputs(), Math.max(MIN_BAND, BAND_PIXELS / first.inputs()));
        int[][] lines = read.of(first.inputs(), band);
        int[][] across = resampled.of(first.outputs(), band);
        int[][] along = turned.of(second.inputs(), first.outputs());
        for (int from = 0; from < second.inputs(); from += band) {
            int length = Math.min(band, second.inputs() - from);
            int at = first.from() + second.from() + from * second.step();
            pixels.get(at, first.inputs(), first.step(), length, second.step(), lines);
            int[] sums = new int[length];
            for (int i = 0; i < first.outputs(); i++) {
                resample(lines, first.resampled(), i, pixels.channels(), sums, across[i]);
            }
            turn(across, first.outputs(), length, along, from);
        }
        int[] sums = new int[first.outputs()];
        int[] line = new int[first.outputs()];
        for (int i = 0; i < second.outputs(); i++) {
            resample(along, second.resampled(), i, pixels.channels(), sums, line);
            out.put(i, line);
        }
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

    /** One output: lines weighted and added, as many pixels of each as there are sums. */
    private static void resample(int[][] lines, ResampledAxis axis, int output, int channels, int[] sums, int[] out) {
        if (axis.isUnchanged()) {
            System.arraycopy(lines[output], 0, out, 0, sums.length);
            return;
        }
        int[] weights = axis.weights();
        int last = axis.inputs() - 1;
        Arrays.fill(out, 0, sums.length, 0);
        for (int shift = 0; shift < 8 * channels; shift += 8) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < axis.count()[output]; k += ResampledAxis.STEP) {
                int line = axis.first()[output] + k;
                int w = output * axis.stride() + k;
                int[] a = lines[line];
                int[] b = lines[Math.min(line + 1, last)];
                int[] c = lines[Math.min(line + 2, last)];
                int[] d = lines[Math.min(line + 3, last)];
                add(a, b, c, d, weights[w], weights[w + 1], weights[w + 2], weights[w + 3], shift, sums);
            }
            pack(sums, shift, out);
        }
    }

    /** Four lines at a time, so that the sums are read and written less often. */
    private static void add(int[] a, int[] b, int[] c, int[] d, int wa, int wb, int wc, int wd, int shift, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (a[i] >> shift & 0xff) * wa
                    + (b[i] >> shift & 0xff) * wb
                    + (c[i] >> shift & 0xff) * wc
                    + (d[i] >> shift & 0xff) * wd;
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
