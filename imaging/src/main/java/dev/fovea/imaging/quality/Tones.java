package dev.fovea.imaging.quality;

import java.util.Arrays;

/**
 * Measures of an image's levels, 0 to 255.
 *
 * @param low first percentile of the grey levels
 * @param high 99th percentile of the grey levels
 * @param clipped share of pixels at the ends of the range: grey levels 0 to 2 and 253 to 255
 * @param entropy Shannon entropy of the histogram of grey levels in bits, 0 to 8
 * @param sparse share of the green levels between their first and 99th percentile that are almost unused: below a tenth
 *     of the most frequent level within 4 levels. High in posterized images, whose gradients show bands. 0 when the
 *     percentiles are closer than {@value #MIN_RANGE} levels, or for fewer than {@value #MIN_PIXELS} pixels
 */
public record Tones(double low, double high, double clipped, double entropy, double sparse) {

    private static final int LEVELS = GrayLevels.LEVELS;
    private static final double LOG_2 = Math.log(2);
    static final int MIN_RANGE = 32;
    static final int MIN_PIXELS = 4096;

    private static final int CLIPPED = 3;
    private static final int NEIGHBOURS = 4;
    private static final double ALMOST_UNUSED = 0.1;

    /** The measures of the histograms of an image's grey and green levels. */
    static Tones of(int[] histogram, int[] green) {
        int pixels = Arrays.stream(histogram).sum();
        double clipped = 0;
        for (int level = 0; level < CLIPPED; level++) {
            clipped += histogram[level] + histogram[LEVELS - 1 - level];
        }
        return new Tones(
                percentile(histogram, pixels, 0.01),
                percentile(histogram, pixels, 0.99),
                clipped / pixels,
                entropy(histogram, pixels),
                sparse(green, pixels));
    }

    private static int percentile(int[] histogram, int pixels, double share) {
        long below = 0;
        for (int level = 0; level < LEVELS; level++) {
            below += histogram[level];
            if (below > share * pixels) {
                return level;
            }
        }
        return LEVELS - 1;
    }

    private static double entropy(int[] histogram, int pixels) {
        double bits = 0;
        for (int count : histogram) {
            double share = count / (double) pixels;
            bits -= count == 0 ? 0 : share * Math.log(share);
        }
        return bits / LOG_2;
    }

    private static double sparse(int[] histogram, int pixels) {
        int low = percentile(histogram, pixels, 0.01);
        int high = percentile(histogram, pixels, 0.99);
        if (high - low < MIN_RANGE || pixels < MIN_PIXELS) {
            return 0;
        }
        int sparse = 0;
        for (int level = low; level <= high; level++) {
            int peak = 0;
            for (int near = Math.max(0, level - NEIGHBOURS); near <= Math.min(LEVELS - 1, level + NEIGHBOURS); near++) {
                peak = Math.max(peak, histogram[near]);
            }
            sparse += peak == 0 || histogram[level] < ALMOST_UNUSED * peak ? 1 : 0;
        }
        return sparse / (high - low + 1.0);
    }
}
