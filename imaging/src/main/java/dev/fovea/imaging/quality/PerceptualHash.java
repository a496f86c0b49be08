package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.Grayscale;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A 64-bit perceptual hash: similar images differ in few bits. It survives recompression and resizing, not cropping,
 * mirroring or turning.
 *
 * <p>Source: the DCT hash of C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010),
 * section 3.2: grey, 32×32 pixels, two-dimensional cosine transform. Each bit is set if the coefficient of a low
 * frequency is above the median. The constant term is left out, as its bit carries no information; the 64 frequencies
 * of lowest order after it are used.
 *
 * @param bits the lowest frequency in the lowest bit
 */
public record PerceptualHash(long bits) {

    /** The number of bits. */
    public static final int LENGTH = 64;

    /** The edge of the grey image that is hashed. */
    static final int EDGE = 32;

    /** The hash of an image, which stays open. */
    public static PerceptualHash of(Image image) {
        try (Mat gray = Grayscale.resized(image, EDGE, EDGE);
                Mat numbers = new Mat();
                Mat frequencies = new Mat()) {
            gray.convertTo(numbers, opencv_core.CV_32F);
            opencv_core.dct(numbers, frequencies);
            float[] coefficients = new float[EDGE * EDGE];
            frequencies.<FloatBuffer>createBuffer().get(coefficients);
            return new PerceptualHash(aboveMedian(lowest(coefficients)));
        }
    }

    /** Hamming distance, 0 to 64. */
    public int distance(PerceptualHash other) {
        return Long.bitCount(bits ^ other.bits);
    }

    /** Sixteen hexadecimal digits. */
    @Override
    public String toString() {
        return "%016x".formatted(bits);
    }

    /** Reads what {@link #toString} writes. */
    public static PerceptualHash parse(String hex) {
        return new PerceptualHash(Long.parseUnsignedLong(hex, 16));
    }

    /** Diagonal by diagonal from the constant term, which is skipped. */
    private static float[] lowest(float[] coefficients) {
        float[] lowest = new float[LENGTH];
        int next = 0;
        for (int diagonal = 1; next < LENGTH; diagonal++) {
            for (int row = 0; row <= diagonal && next < LENGTH; row++) {
                lowest[next++] = coefficients[row * EDGE + diagonal - row];
            }
        }
        return lowest;
    }

    private static long aboveMedian(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        float median = (sorted[LENGTH / 2 - 1] + sorted[LENGTH / 2]) / 2;
        long bits = 0;
        for (int bit = 0; bit < LENGTH; bit++) {
            if (values[bit] > median) {
                bits |= 1L << bit;
            }
        }
        return bits;
    }
}
