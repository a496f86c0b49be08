package dev.fovea.imaging.descriptor;

/**
 * Mean and standard deviation of three opponent colours (lightness, red against green, yellow against blue) in the
 * cells of a grid. M. Stricker and M. Orengo, "Similarity of color images" (SPIE 1995), by cells. Layout: cells by row,
 * then colours, then the two moments.
 */
final class ColorMoments {

    static final int GRID = 4;
    static final int COLORS = 3;
    static final int PER_CELL = 2 * COLORS;
    static final int LENGTH = GRID * GRID * PER_CELL;

    /** Means are taken from here, so that images of different lightness point in different directions. */
    private static final double MIDDLE = 0.45;

    private ColorMoments() {}

    /** Of a square image of blue, green, red whose edge is a multiple of the grid. */
    static float[] of(byte[] bgr, int edge) {
        float[] moments = new float[LENGTH];
        int cell = edge / GRID;
        for (int row = 0; row < GRID; row++) {
            for (int column = 0; column < GRID; column++) {
                measure(bgr, edge, row * cell, column * cell, cell, moments, (row * GRID + column) * PER_CELL);
            }
        }
        return moments;
    }

    private static void measure(byte[] bgr, int edge, int top, int left, int cell, float[] out, int to) {
        double[] sums = new double[COLORS];
        double[] squares = new double[COLORS];
        double[] color = new double[COLORS];
        for (int y = top; y < top + cell; y++) {
            for (int x = left; x < left + cell; x++) {
                opponents(bgr, (y * edge + x) * 3, color);
                for (int c = 0; c < COLORS; c++) {
                    sums[c] += color[c];
                    squares[c] += color[c] * color[c];
                }
            }
        }
        double pixels = (double) cell * cell;
        for (int c = 0; c < COLORS; c++) {
            double mean = sums[c] / pixels;
            out[to + 2 * c] = (float) (mean - (c == 0 ? MIDDLE : 0));
            out[to + 2 * c + 1] = (float) Math.sqrt(Math.max(0, squares[c] / pixels - mean * mean));
        }
    }

    /** Lightness 0 to 1; the others −1 to 1. */
    private static void opponents(byte[] bgr, int at, double[] color) {
        double blue = (bgr[at] & 0xff) / 255.0;
        double green = (bgr[at + 1] & 0xff) / 255.0;
        double red = (bgr[at + 2] & 0xff) / 255.0;
        color[0] = (red + green + blue) / 3;
        color[1] = red - green;
        color[2] = (red + green) / 2 - blue;
    }

    /** Those of the image mirrored left to right. */
    static void mirror(float[] from, float[] to, int offset) {
        for (int at = 0; at < LENGTH; at++) {
            int cell = at / PER_CELL;
            int mirrored = cell / GRID * GRID + GRID - 1 - cell % GRID;
            to[offset + mirrored * PER_CELL + at % PER_CELL] = from[offset + at];
        }
    }
}
