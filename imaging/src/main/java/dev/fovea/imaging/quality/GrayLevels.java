package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.PixelBytes;
import dev.fovea.imaging.preprocess.Grayscale;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A small grey copy of an image in Java's memory, from which measures are taken in one pass each. For small images the
 * calls of native code would cost more than the passes.
 *
 * @param levels one byte per pixel, row by row
 * @param width in pixels
 * @param height in pixels
 */
record GrayLevels(byte[] levels, int width, int height) {

    /** The number of grey levels. */
    static final int LEVELS = 256;

    /** The longer edge of a copy. */
    static final int LONGEST = 256;

    /** The factor from an image's edges to those of its copy, at most 1. */
    static double scale(Image image) {
        return Math.min(1, LONGEST / (double) Math.max(image.width(), image.height()));
    }

    /** A new grey Mat of an image at that scale, averaged over areas; the caller closes it. */
    static Mat shrunk(Image image) {
        double scale = scale(image);
        return Grayscale.resized(image, Math.max(1, (int) Math.round(scale * image.width())), Math.max(1, (int)
                Math.round(scale * image.height())));
    }

    /** A copy of a grey Mat. */
    static GrayLevels of(Mat gray) {
        return new GrayLevels(PixelBytes.copy(gray), gray.cols(), gray.rows());
    }

    /** The number of pixels of each level. */
    int[] histogram() {
        return histogram(levels, 0, 1);
    }

    /** The number of pixels of each level of green, or of the only channel. */
    static int[] greenHistogram(Image image) {
        int channels = image.channels();
        return histogram(PixelBytes.copy(image.mat()), channels == 1 ? 0 : 1, channels);
    }

    /** Of every {@code step}th byte; the next one is often the same and need not wait for the first to be counted. */
    private static int[] histogram(byte[] bytes, int first, int step) {
        int[] counts = new int[LEVELS];
        int[] others = new int[LEVELS];
        int at = first;
        for (; at + step < bytes.length; at += 2 * step) {
            counts[bytes[at] & 0xff]++;
            others[bytes[at + step] & 0xff]++;
        }
        if (at < bytes.length) {
            counts[bytes[at] & 0xff]++;
        }
        for (int level = 0; level < LEVELS; level++) {
            counts[level] += others[level];
        }
        return counts;
    }

    /** Mean and standard deviation. */
    record Moments(double mean, double deviation) {
        private static Moments of(double sum, double squares, double count) {
            double mean = sum / count;
            return new Moments(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
        }
    }

    /** Of the levels. */
    static Moments moments(int[] histogram) {
        long count = 0;
        long sum = 0;
        long squares = 0;
        for (int level = 0; level < LEVELS; level++) {
            count += histogram[level];
            sum += (long) histogram[level] * level;
            squares += (long) histogram[level] * level * level;
        }
        return Moments.of((double) sum, (double) squares, (double) count);
    }

    /**
     * Of the Laplacian with the kernel 0 1 0, 1 -4 1, 0 1 0; at the edges the image is mirrored at its outermost
     * pixels.
     */
    Moments laplacian() {
        long sum = 0;
        long squares = 0;
        for (int y = 0; y < height; y++) {
            boolean isInside = y > 0 && y < height - 1;
            int partial = 0;
            int squared = 0;
            for (int x = 0; x < width; x += isInside ? Math.max(1, width - 1) : 1) {
                int value = level(x, y - 1) + level(x, y + 1) + level(x - 1, y) + level(x + 1, y) - 4 * level(x, y);
                partial += value;
                squared += value * value;
            }
            for (int at = y * width + 1; isInside && at < y * width + width - 1; at++) {
                int value = (levels[at - width] & 0xff)
                        + (levels[at + width] & 0xff)
                        + (levels[at - 1] & 0xff)
                        + (levels[at + 1] & 0xff)
                        - 4 * (levels[at] & 0xff);
                partial += value;
                squared += value * value;
            }
            sum += partial;
            squares += squared;
        }
        return Moments.of((double) sum, (double) squares, levels.length);
    }

    private int level(int x, int y) {
        return levels[mirrored(y, height) * width + mirrored(x, width)] & 0xff;
    }

    private static int mirrored(int at, int count) {
        int inside = at < 0 ? 1 : at >= count ? count - 2 : at;
        return Math.clamp(inside, 0, count - 1);
    }
}
