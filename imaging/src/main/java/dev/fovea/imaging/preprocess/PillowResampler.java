package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Size;

/**
 * Resizes 8-bit interleaved pixels with the arithmetic of Pillow. The filter is separable and widened by the reduction
 * factor for antialiasing. Each axis has a pass in fixed point with 22 fractional bits; the intermediate image has 8
 * bits. Weights and rounding are unchanged since Pillow 2.7. Pillow 13.0 changed the order of the passes, which changes
 * the bytes. Source of the algorithm: Pillow, {@code Resample.c}. Pure.
 */
final class PillowResampler {

    private static final int PRECISION_BITS = 22;
    private static final int HALF = 1 << (PRECISION_BITS - 1);

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

    private PillowResampler() {}

    /**
     * @param pixels {@code [height, width, channels]}, row by row
     * @param passes their order; nearest has none
     * @return {@code [target.height, target.width, channels]}
     */
    static byte[] resize(
            byte[] pixels, int height, int width, int channels, Size target, Filter filter, Passes passes) {
        if (filter == Filter.NEAREST) {
            return nearest(pixels, height, width, channels, target);
        }
        return switch (passes) {
            case HORIZONTAL_FIRST -> {
                byte[] narrowed = horizontal(pixels, height, width, channels, target.width(), filter);
                yield vertical(narrowed, height, target.width() * channels, target.height(), filter);
            }
            case VERTICAL_FIRST -> {
                byte[] lowered = vertical(pixels, height, width * channels, target.height(), filter);
                yield horizontal(lowered, target.height(), width, channels, target.width(), filter);
            }
        };
    }

    private static byte[] horizontal(byte[] pixels, int height, int width, int channels, int toWidth, Filter filter) {
        if (width == toWidth) {
            return pixels;
        }
        ResamplingWeights taps = ResamplingWeights.of(width, toWidth, filter);
        byte[] out = new byte[height * taps.outputs() * channels];
        int rowIn = width * channels;
        int rowOut = taps.outputs() * channels;
        for (int y = 0; y < height; y++) {
            if (channels == 3) {
                threeChannels(pixels, y * rowIn, out, y * rowOut, taps);
            } else {
                anyChannels(pixels, y * rowIn, out, y * rowOut, taps, channels);
            }
        }
        return out;
    }

    private static void threeChannels(byte[] in, int inAt, byte[] out, int outAt, ResamplingWeights taps) {
        int[] weights = taps.weights();
        int outIndex = outAt;
        for (int x = 0; x < taps.outputs(); x++) {
            int at = inAt + taps.first()[x] * 3;
            int w = x * taps.stride();
            int end = w + taps.count()[x];
            int c0 = HALF;
            int c1 = HALF;
            int c2 = HALF;
            for (; w < end; w++, at += 3) {
                int weight = weights[w];
                c0 += (in[at] & 0xff) * weight;
                c1 += (in[at + 1] & 0xff) * weight;
                c2 += (in[at + 2] & 0xff) * weight;
            }
            out[outIndex] = clip(c0);
            out[outIndex + 1] = clip(c1);
            out[outIndex + 2] = clip(c2);
            outIndex += 3;
        }
    }

    private static void anyChannels(byte[] in, int inAt, byte[] out, int outAt, ResamplingWeights taps, int channels) {
        int[] weights = taps.weights();
        for (int x = 0; x < taps.outputs(); x++) {
            for (int c = 0; c < channels; c++) {
                int at = inAt + taps.first()[x] * channels + c;
                int w = x * taps.stride();
                int end = w + taps.count()[x];
                int sum = HALF;
                for (; w < end; w++, at += channels) {
                    sum += (in[at] & 0xff) * weights[w];
                }
                out[outAt + x * channels + c] = clip(sum);
            }
        }
    }

    /** Sums whole rows, so that the inner loop runs over contiguous memory and vectorises. */
    private static byte[] vertical(byte[] pixels, int height, int rowBytes, int toHeight, Filter filter) {
        if (height == toHeight) {
            return pixels;
        }
        ResamplingWeights taps = ResamplingWeights.of(height, toHeight, filter);
        byte[] out = new byte[taps.outputs() * rowBytes];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < taps.outputs(); y++) {
            java.util.Arrays.fill(sums, HALF);
            for (int k = 0; k < taps.count()[y]; k++) {
                addRow(pixels, (taps.first()[y] + k) * rowBytes, taps.weights()[y * taps.stride() + k], sums);
            }
            int at = y * rowBytes;
            for (int i = 0; i < rowBytes; i++) {
                out[at + i] = clip(sums[i]);
            }
        }
        return out;
    }

    private static void addRow(byte[] pixels, int at, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (pixels[at + i] & 0xff) * weight;
        }
    }

    private static byte clip(int sum) {
        int value = sum >> PRECISION_BITS;
        return (byte) Math.clamp(value, 0, 255);
    }

    private static byte[] nearest(byte[] pixels, int height, int width, int channels, Size target) {
        byte[] out = new byte[target.height() * target.width() * channels];
        int[] fromX = nearest(width, target.width());
        int[] fromY = nearest(height, target.height());
        for (int y = 0; y < target.height(); y++) {
            for (int x = 0; x < target.width(); x++) {
                int from = (fromY[y] * width + fromX[x]) * channels;
                System.arraycopy(pixels, from, out, (y * target.width() + x) * channels, channels);
            }
        }
        return out;
    }

    /**
     * Positions are summed up step by step as {@code ImagingScaleAffine} does: where one falls on a whole pixel, the
     * rounding errors of the sum decide.
     */
    private static int[] nearest(int inputs, int outputs) {
        double step = (double) inputs / outputs;
        double at = step * 0.5;
        int[] from = new int[outputs];
        for (int i = 0; i < outputs; i++) {
            from[i] = Math.min((int) at, inputs - 1);
            at += step;
        }
        return from;
    }
}
