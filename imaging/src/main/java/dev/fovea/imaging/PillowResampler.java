package dev.fovea.imaging;

import dev.fovea.imaging.Resize.Filter;

/**
 * Resizes 8-bit interleaved pixels with the arithmetic of Pillow (unchanged since 2.7): a separable filter, widened by
 * the reduction factor so that it antialiases, horizontally then vertically, in fixed point with 22 fractional bits and
 * an 8-bit picture between the passes. Source of the algorithm: Pillow, {@code Resample.c}. Pure.
 */
final class PillowResampler {

    private static final int PRECISION_BITS = 22;
    private static final int HALF = 1 << (PRECISION_BITS - 1);

    private PillowResampler() {}

    /**
     * @param pixels {@code [height, width, channels]}, row by row
     * @return {@code [target.height, target.width, channels]}
     */
    static byte[] resize(byte[] pixels, int height, int width, int channels, Size target, Filter filter) {
        if (filter == Filter.NEAREST) {
            return nearest(pixels, height, width, channels, target);
        }
        byte[] narrowed = width == target.width()
                ? pixels
                : horizontal(pixels, height, width, channels, Taps.of(width, target.width(), filter));
        return height == target.height()
                ? narrowed
                : vertical(narrowed, target.width() * channels, Taps.of(height, target.height(), filter));
    }

    private static byte[] horizontal(byte[] pixels, int height, int width, int channels, Taps taps) {
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

    private static void threeChannels(byte[] in, int inAt, byte[] out, int outAt, Taps taps) {
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

    private static void anyChannels(byte[] in, int inAt, byte[] out, int outAt, Taps taps, int channels) {
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
    private static byte[] vertical(byte[] pixels, int rowBytes, Taps taps) {
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
        for (int y = 0; y < target.height(); y++) {
            int fromY = (int) ((y + 0.5) * height / target.height());
            for (int x = 0; x < target.width(); x++) {
                int fromX = (int) ((x + 0.5) * width / target.width());
                int from = (fromY * width + fromX) * channels;
                System.arraycopy(pixels, from, out, (y * target.width() + x) * channels, channels);
            }
        }
        return out;
    }
}
