package dev.fovea.imaging.quality;

/**
 * Tones and colours of pixels that lie on a grid of at most {@value #LINES} × {@value #LINES} points, so that the work
 * does not grow with the image. Source of the colourfulness: {@link InputColors}.
 */
final class PointSample {

    /** The most points across and down. */
    static final int LINES = 20;

    private static final int BYTE = 0xff;
    private static final int BRIGHT = BYTE - InputTones.CLIPPED;
    private static final double MEAN_WEIGHT = 0.3;
    /** One divided by the level, so that the loop does not divide. */
    private static final float[] RECIPROCALS = reciprocals();

    private int count;
    private long sum;
    private long squares;
    private int dark;
    private int bright;
    private long redGreen;
    private long redGreenSquares;
    /** Of twice the opponent colour, which is a whole number. */
    private long yellowBlue;

    private long yellowBlueSquares;
    private double saturation;

    private PointSample() {}

    private static float[] reciprocals() {
        float[] values = new float[BYTE + 1];
        for (int level = 1; level <= BYTE; level++) {
            values[level] = 1f / level;
        }
        return values;
    }

    static PointSample of(SampledPixels pixels) {
        PointSample sample = new PointSample();
        int columns = Math.min(LINES, pixels.width());
        int rows = Math.min(LINES, pixels.height());
        int[] line = new int[columns];
        for (int row = 0; row < rows; row++) {
            int y = place(row, rows, pixels.height());
            for (int column = 0; column < columns; column++) {
                line[column] = pixels.rgb(place(column, columns, pixels.width()), y);
            }
            sample.addTones(line);
            if (!pixels.isGray()) {
                sample.addColors(line);
            }
        }
        return sample;
    }

    /** The pixel in the middle of the n-th of {@code count} equal parts. */
    static int place(int n, int count, int length) {
        return (int) ((2L * n + 1) * length / (2L * count));
    }

    private void addTones(int[] line) {
        int levels = 0;
        int squared = 0;
        for (int rgb : line) {
            int gray = SampledPixels.gray(rgb);
            levels += gray;
            squared += gray * gray;
            dark += gray <= InputTones.CLIPPED ? 1 : 0;
            bright += gray >= BRIGHT ? 1 : 0;
        }
        count += line.length;
        sum += levels;
        squares += squared;
    }

    private void addColors(int[] line) {
        int rgSum = 0;
        int rgSquares = 0;
        int ybSum = 0;
        int ybSquares = 0;
        float saturated = 0;
        for (int rgb : line) {
            int blue = rgb & BYTE;
            int green = rgb >> 8 & BYTE;
            int red = rgb >> 16 & BYTE;
            int rg = red - green;
            int yb = red + green - 2 * blue;
            rgSum += rg;
            rgSquares += rg * rg;
            ybSum += yb;
            ybSquares += yb * yb;
            int max = Math.max(red, Math.max(green, blue));
            saturated += (max - Math.min(red, Math.min(green, blue))) * RECIPROCALS[max];
        }
        redGreen += rgSum;
        redGreenSquares += rgSquares;
        yellowBlue += ybSum;
        yellowBlueSquares += ybSquares;
        saturation += saturated;
    }

    InputTones tones() {
        double mean = sum / (double) count;
        return new InputTones(mean, Math.sqrt(variance(sum, squares)), dark / (double) count, bright / (double) count);
    }

    InputColors colors() {
        double rg = redGreen / (double) count;
        double yb = yellowBlue / (2.0 * count);
        double deviation = Math.sqrt(variance(redGreen, redGreenSquares) + variance(yellowBlue, yellowBlueSquares) / 4);
        return new InputColors(deviation + MEAN_WEIGHT * Math.hypot(rg, yb), saturation / count);
    }

    private double variance(long sum, long squares) {
        double mean = sum / (double) count;
        return Math.max(0, squares / (double) count - mean * mean);
    }
}
