package dev.fovea.imaging.quality;

import java.util.Arrays;

/**
 * How much stronger the steps between neighbouring pixels are at every eighth column and row than elsewhere. JPEG's
 * blocks make it large; 1 means no blocks. The grid may start anywhere, as in a cropped image.
 *
 * <p>Source: the ratio of differences across and inside blocks of Z. Wang, H. Sheikh and A. Bovik, "No-reference
 * perceptual quality assessment of JPEG compressed images" (ICIP 2002), here with an unknown phase of the grid.
 */
final class Blockiness {

    static final int BLOCK = 8;
    private static final int MIN_BLOCKS = 6;
    /** Steps of this size, in grey levels, are not seen. */
    private static final double NOISE = 1;

    private Blockiness() {}

    /** The smaller of the ratios of columns and rows, since a texture may repeat in one direction; 1 if too small. */
    static double of(GrayLevels image) {
        byte[] gray = image.levels();
        int width = image.width();
        int height = image.height();
        if (Math.min(width, height) < BLOCK * MIN_BLOCKS) {
            return 1;
        }
        int[] right = new int[width - 1]; // sums by column
        long[] rows = new long[BLOCK];
        for (int y = 0; y + 1 < height; y++) {
            int at = y * width;
            int below = 0;
            for (int x = 0; x < right.length; x++) {
                right[x] += Math.abs((gray[at + x + 1] & 0xff) - (gray[at + x] & 0xff));
            }
            for (int x = 0; x < right.length; x++) {
                below += Math.abs((gray[at + width + x] & 0xff) - (gray[at + x] & 0xff));
            }
            rows[y % BLOCK] += below;
        }
        long[] columns = new long[BLOCK];
        for (int x = 0; x < right.length; x++) {
            columns[x % BLOCK] += right[x];
        }
        return Math.min(ratio(columns, width, height), ratio(rows, height, width));
    }

    /** Largest mean step of a phase over the median of them all. */
    private static double ratio(long[] sums, int lines, int length) {
        double[] steps = new double[BLOCK];
        for (int phase = 0; phase < BLOCK; phase++) {
            int count = (lines - 1 - phase + BLOCK - 1) / BLOCK;
            steps[phase] = sums[phase] / ((double) count * (length - 1));
        }
        return ratio(steps);
    }

    /** The same of the mean steps, which are sorted. */
    static double ratio(double[] steps) {
        Arrays.sort(steps);
        double inside = (steps[BLOCK / 2 - 1] + steps[BLOCK / 2]) / 2;
        return (steps[BLOCK - 1] + NOISE) / (inside + NOISE);
    }
}
