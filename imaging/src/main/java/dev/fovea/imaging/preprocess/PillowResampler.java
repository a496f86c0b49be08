package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Size;
import java.util.Arrays;

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
     * Resizes a part of an image.
     *
     * @param pixels what the axes read: {@code [rows.inputs, columns.inputs, channels]}
     * @param passes their order
     * @return {@code [rows.outputs, columns.outputs, channels]}
     */
    static byte[] resize(byte[] pixels, int channels, ResampledAxis rows, ResampledAxis columns, Passes passes) {
        return switch (passes) {
            case HORIZONTAL_FIRST ->
                vertical(horizontal(pixels, rows.inputs(), channels, columns), columns.outputs() * channels, rows);
            case VERTICAL_FIRST ->
                horizontal(vertical(pixels, columns.inputs() * channels, rows), rows.outputs(), channels, columns);
        };
    }

    private static byte[] horizontal(byte[] pixels, int height, int channels, ResampledAxis axis) {
        if (axis.isUnchanged()) {
            return pixels;
        }
        int rowIn = axis.inputs() * channels;
        int rowOut = axis.outputs() * channels;
        byte[] out = new byte[height * rowOut];
        for (int y = 0; y < height; y++) {
            if (channels == 3) {
                threeChannels(pixels, y * rowIn, out, y * rowOut, axis);
            } else {
                anyChannels(pixels, y * rowIn, out, y * rowOut, axis, channels);
            }
        }
        return out;
    }

    private static void threeChannels(byte[] in, int inAt, byte[] out, int outAt, ResampledAxis axis) {
        int[] weights = axis.weights();
        int outIndex = outAt;
        for (int x = 0; x < axis.outputs(); x++) {
            int at = inAt + axis.first()[x] * 3;
            int w = x * axis.stride();
            int end = w + axis.count()[x];
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

    private static void anyChannels(byte[] in, int inAt, byte[] out, int outAt, ResampledAxis axis, int channels) {
        int[] weights = axis.weights();
        for (int x = 0; x < axis.outputs(); x++) {
            for (int c = 0; c < channels; c++) {
                int at = inAt + axis.first()[x] * channels + c;
                int w = x * axis.stride();
                int end = w + axis.count()[x];
                int sum = HALF;
                for (; w < end; w++, at += channels) {
                    sum += (in[at] & 0xff) * weights[w];
                }
                out[outAt + x * channels + c] = clip(sum);
            }
        }
    }

    /** Sums whole rows, so that the inner loop runs over contiguous memory and vectorises. */
    private static byte[] vertical(byte[] pixels, int rowBytes, ResampledAxis axis) {
        if (axis.isUnchanged()) {
            return pixels;
        }
        byte[] out = new byte[axis.outputs() * rowBytes];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < axis.outputs(); y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < axis.count()[y]; k++) {
                addRow(pixels, (axis.first()[y] + k) * rowBytes, axis.weights()[y * axis.stride() + k], sums);
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
}
