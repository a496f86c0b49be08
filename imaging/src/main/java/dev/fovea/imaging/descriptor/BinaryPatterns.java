package dev.fovea.imaging.descriptor;

/**
 * Histogram of uniform local binary patterns of 8 neighbours: which of them are not darker than the pixel. T. Ojala, M.
 * Pietikäinen and T. Mäenpää, "Multiresolution gray-scale and rotation invariant texture classification with local
 * binary patterns" (PAMI 2002); with square roots (Hellinger). Neighbours are those of the square, not of the circle.
 */
final class BinaryPatterns {

    /** 58 uniform patterns, and one for all others. */
    static final int LENGTH = 59;

    private static final int[] BINS = bins();

    private BinaryPatterns() {}

    static float[] of(byte[] gray, int width, int height) {
        float[] counts = new float[LENGTH];
        for (int y = 1; y + 1 < height; y++) {
            for (int x = 1; x + 1 < width; x++) {
                counts[BINS[pattern(gray, y * width + x, width)]]++;
            }
        }
        return Vectors.hellinger(counts);
    }

    private static int pattern(byte[] gray, int at, int width) {
        int center = gray[at] & 0xff;
        return bit(gray, at - width - 1, center)
                | bit(gray, at - width, center) << 1
                | bit(gray, at - width + 1, center) << 2
                | bit(gray, at + 1, center) << 3
                | bit(gray, at + width + 1, center) << 4
                | bit(gray, at + width, center) << 5
                | bit(gray, at + width - 1, center) << 6
                | bit(gray, at - 1, center) << 7;
    }

    private static int bit(byte[] gray, int at, int center) {
        return (gray[at] & 0xff) >= center ? 1 : 0;
    }

    private static int[] bins() {
        int[] bins = new int[256];
        int next = 0;
        for (int pattern = 0; pattern < 256; pattern++) {
            int turned = (pattern >>> 1 | pattern << 7) & 0xff;
            bins[pattern] = Integer.bitCount(pattern ^ turned) <= 2 ? next++ : LENGTH - 1;
        }
        return bins;
    }

    /** Those of the image mirrored left to right. */
    static void mirror(float[] from, float[] to, int offset) {
        for (int pattern = 0; pattern < 256; pattern++) {
            int mirrored = pattern & 0b0010_0010;
            int[][] pairs = {{0, 2}, {7, 3}, {6, 4}};
            for (int[] pair : pairs) {
                mirrored |= (pattern >> pair[0] & 1) << pair[1] | (pattern >> pair[1] & 1) << pair[0];
            }
            to[offset + BINS[mirrored]] = from[offset + BINS[pattern]];
        }
    }
}
