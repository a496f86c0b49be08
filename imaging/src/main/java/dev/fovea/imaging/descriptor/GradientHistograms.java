package dev.fovea.imaging.descriptor;

/**
 * Histograms of the direction of gradients in the cells of a grid, without sign, as in N. Dalal and B. Triggs,
 * "Histograms of oriented gradients for human detection" (CVPR 2005), normalized over the image and with square roots
 * (Hellinger). Layout: cells by row, then directions.
 */
final class GradientHistograms {

    static final int GRID = 4;
    static final int DIRECTIONS = 9;
    static final int LENGTH = GRID * GRID * DIRECTIONS;

    private GradientHistograms() {}

    /** Of a square grey image whose edge is a multiple of the grid. */
    static float[] of(byte[] gray, int edge) {
        float[] sums = new float[LENGTH];
        int cell = edge / GRID;
        for (int y = 1; y + 1 < edge; y++) {
            for (int x = 1; x + 1 < edge; x++) {
                int at = y * edge + x;
                int dx = (gray[at + 1] & 0xff) - (gray[at - 1] & 0xff);
                int dy = (gray[at + edge] & 0xff) - (gray[at - edge] & 0xff);
                if (dx != 0 || dy != 0) {
                    add(sums, ((y / cell) * GRID + x / cell) * DIRECTIONS, dx, dy);
                }
            }
        }
        return Vectors.hellinger(sums);
    }

    /** The strength of a gradient, divided between the two directions next to its own. */
    private static void add(float[] sums, int from, int dx, int dy) {
        double place = direction(dx, dy) * DIRECTIONS;
        double strength = Math.sqrt(dx * dx + dy * dy);
        int below = (int) place;
        double above = place - below;
        sums[from + below % DIRECTIONS] += (float) (strength * (1 - above));
        sums[from + (below + 1) % DIRECTIONS] += (float) (strength * above);
    }

    /**
     * The direction of a line, 0 to 1 for half a turn. The arc tangent is a polynomial with an error below 0.0004 rad
     * (Abramowitz and Stegun, 4.4.49, with four terms), a tenth of the cost of the exact one.
     */
    private static double direction(int dx, int dy) {
        double wide = Math.abs(dx);
        double high = Math.abs(dy);
        double slope = Math.min(wide, high) / Math.max(wide, high);
        double square = slope * slope;
        double angle = ((-0.0464964749 * square + 0.15931422) * square - 0.327622764) * square * slope + slope;
        double quarter = high > wide ? Math.PI / 2 - angle : angle;
        return dx < 0 != dy < 0 ? 1 - quarter / Math.PI : quarter / Math.PI;
    }

    /** Those of the image mirrored left to right: cells change places, and each direction becomes its opposite. */
    static void mirror(float[] from, float[] to, int offset) {
        for (int at = 0; at < LENGTH; at++) {
            int cell = at / DIRECTIONS;
            int mirroredCell = cell / GRID * GRID + GRID - 1 - cell % GRID;
            int mirroredDirection = (DIRECTIONS - at % DIRECTIONS) % DIRECTIONS;
            to[offset + mirroredCell * DIRECTIONS + mirroredDirection] = from[offset + at];
        }
    }
}
