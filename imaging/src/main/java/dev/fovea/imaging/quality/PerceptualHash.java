package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.PixelBytes;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A 64-bit perceptual hash: similar images differ in few bits. It survives recompression and resizing, not cropping,
 * mirroring or turning.
 *
 * <p>Source: the DCT hash of C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010),
 * section 3.2: grey, 32×32 pixels (by way of a longer edge of at most 256, as all measures), two-dimensional cosine
 * transform. Each bit is set if the coefficient of a low frequency is above the median. The constant term is left out,
 * as its bit carries no information; the 64 frequencies of lowest order after it are used.
 *
 * @param bits the lowest frequency in the lowest bit
 */
public record PerceptualHash(long bits) {

    /** The number of bits. */
    public static final int LENGTH = 64;

    /** The edge of the grey image that is hashed. */
    static final int EDGE = 32;

    /** Below this contrast in grey levels an image's hash depends on noise only. */
    private static final double FLAT = 2;

    /** Below this a coefficient is what the arithmetic leaves of zero. */
    private static final double ZERO = 1e-9;

    /** Frequencies along an edge: the 64 of lowest order have at most 11 along one. */
    private static final int FREQUENCIES = 11;

    private static final double[][] COSINES = cosines();

    /** The hash of an image, which stays open. */
    public static PerceptualHash of(Image image) {
        try (Mat gray = GrayLevels.shrunk(image)) {
            return of(gray);
        }
    }

    /** The hash of an image, which stays open; empty for one without structure. */
    static Optional<PerceptualHash> ofStructured(Image image) {
        try (Mat gray = GrayLevels.shrunk(image)) {
            return ofStructured(
                    gray, GrayLevels.moments(GrayLevels.of(gray).histogram()).deviation());
        }
    }

    static Optional<PerceptualHash> ofStructured(Mat gray, double contrast) {
        return contrast < FLAT ? Optional.empty() : Optional.of(of(gray));
    }

    private static PerceptualHash of(Mat gray) {
        try (Mat small = new Mat();
                Size size = new Size(EDGE, EDGE)) {
            opencv_imgproc.resize(gray, small, size, 0, 0, opencv_imgproc.INTER_AREA);
            return new PerceptualHash(aboveMedian(lowest(coefficients(PixelBytes.copy(small)))));
        }
    }

    private static double[][] cosines() {
        double[][] cosines = new double[FREQUENCIES][EDGE];
        for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
            for (int at = 0; at < EDGE; at++) {
                cosines[frequency][at] = Math.cos(Math.PI * (at + 0.5) * frequency / EDGE)
                        * Math.sqrt((frequency == 0 ? 1.0 : 2.0) / EDGE);
            }
        }
        return cosines;
    }

    /**
     * The cosine transform of levels less the first one, by vertical and horizontal frequency. A cosine is mirrored at
     * the middle, with another sign for odd frequencies: halves are added or subtracted first.
     */
    private static double[][] coefficients(byte[] levels) {
        double[][] columns = new double[FREQUENCIES][EDGE];
        double[] even = new double[EDGE];
        double[] odd = new double[EDGE];
        for (int y = 0; y < EDGE / 2; y++) {
            for (int x = 0; x < EDGE; x++) {
                int upper = (levels[y * EDGE + x] & 0xff) - (levels[0] & 0xff);
                int lower = (levels[(EDGE - 1 - y) * EDGE + x] & 0xff) - (levels[0] & 0xff);
                even[x] = upper + lower;
                odd[x] = upper - lower;
            }
            for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
                double weight = COSINES[frequency][y];
                double[] sums = columns[frequency];
                double[] half = frequency % 2 == 0 ? even : odd;
                for (int x = 0; x < EDGE; x++) {
                    sums[x] += weight * half[x];
                }
            }
        }
        double[][] coefficients = new double[FREQUENCIES][FREQUENCIES];
        for (int vertical = 0; vertical < FREQUENCIES; vertical++) {
            double[] sums = columns[vertical];
            for (int horizontal = 0; horizontal < FREQUENCIES - vertical; horizontal++) {
                int sign = horizontal % 2 == 0 ? 1 : -1;
                double sum = 0;
                for (int x = 0; x < EDGE / 2; x++) {
                    sum += (sums[x] + sign * sums[EDGE - 1 - x]) * COSINES[horizontal][x];
                }
                coefficients[vertical][horizontal] = Math.abs(sum) < ZERO ? 0 : sum;
            }
        }
        return coefficients;
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
    private static double[] lowest(double[][] coefficients) {
        double[] lowest = new double[LENGTH];
        int next = 0;
        for (int diagonal = 1; next < LENGTH; diagonal++) {
            for (int row = 0; row <= diagonal && next < LENGTH; row++) {
                lowest[next++] = coefficients[row][diagonal - row];
            }
        }
        return lowest;
    }

    private static long aboveMedian(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = (sorted[LENGTH / 2 - 1] + sorted[LENGTH / 2]) / 2;
        long bits = 0;
        for (int bit = 0; bit < LENGTH; bit++) {
            if (values[bit] > median) {
                bits |= 1L << bit;
            }
        }
        return bits;
    }
}
