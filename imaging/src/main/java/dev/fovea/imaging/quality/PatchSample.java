package dev.fovea.imaging.quality;

import java.util.Arrays;

/**
 * Sharpness, noise and blockiness of at most {@value #LINES} × {@value #LINES} small patches that lie evenly over the
 * image. Sources: {@link InputDetail}, {@link Blockiness}.
 */
final class PatchSample {

    private static final int LINES = 3;
    /** Sixteen columns and eight rows, with a pixel around them. */
    private static final int WIDTH = 18;

    private static final int HEIGHT = 10;
    private static final int MIN_EDGE = 3;
    private static final int BLOCK = Blockiness.BLOCK;
    /** {@code sqrt(π/2) / 6}: from the mean of the mask's absolute response to the deviation of the noise. */
    private static final double TO_DEVIATION = Math.sqrt(Math.PI / 2) / 6;

    private final int columns;
    private final int rows;
    private final int[] levels;
    private final double[] noise = new double[LINES * LINES];
    private final long[] columnSteps = new long[BLOCK];
    private final long[] rowSteps = new long[BLOCK];
    private long laplacian;
    private long laplacianSquares;

    private PatchSample(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.levels = new int[columns * rows];
    }

    static InputDetail of(SampledPixels pixels) {
        int columns = Math.min(WIDTH, pixels.width());
        int rows = Math.min(HEIGHT, pixels.height());
        if (Math.min(columns, rows) < MIN_EDGE) {
            return InputDetail.NONE;
        }
        PatchSample sample = new PatchSample(columns, rows);
        for (int row = 0; row < LINES; row++) {
            int top = start(row, pixels.height(), rows);
            for (int column = 0; column < LINES; column++) {
                int left = start(column, pixels.width(), columns);
                pixels.green(left, top, columns, rows, sample.levels);
                sample.noise[row * LINES + column] = sample.addStructure();
                sample.addSteps(left, top);
            }
        }
        return sample.detail();
    }

    /** Where the patch in the middle of the n-th of {@value #LINES} parts begins. */
    private static int start(int n, int length, int size) {
        return Math.clamp(PointSample.place(n, LINES, length) - size / 2, 0, length - size);
    }

    /** Adds the Laplacian of the inner pixels; returns the noise of the patch. */
    private double addStructure() {
        int sum = 0;
        int squares = 0;
        int masked = 0;
        for (int y = 1; y < rows - 1; y++) {
            for (int at = y * columns + 1; at < (y + 1) * columns - 1; at++) {
                int middle = 4 * levels[at];
                int beside = levels[at - 1] + levels[at + 1] + levels[at - columns] + levels[at + columns];
                int across = levels[at - columns - 1]
                        + levels[at - columns + 1]
                        + levels[at + columns - 1]
                        + levels[at + columns + 1];
                int value = beside - middle;
                sum += value;
                squares += value * value;
                masked += Math.abs(across - 2 * beside + middle);
            }
        }
        laplacian += sum;
        laplacianSquares += squares;
        return TO_DEVIATION * masked / inner();
    }

    private int inner() {
        return (columns - 2) * (rows - 2);
    }

    /** Steps between neighbours by their place in a grid of blocks; as many of each. */
    private void addSteps(int left, int top) {
        if (columns < WIDTH || rows < HEIGHT) {
            return;
        }
        for (int x = 0; x < 2 * BLOCK; x++) {
            int steps = 0;
            for (int at = x; at < levels.length; at += WIDTH) {
                steps += Math.abs(levels[at + 1] - levels[at]);
            }
            columnSteps[(left + x) % BLOCK] += steps;
        }
        for (int y = 0; y < BLOCK; y++) {
            int steps = 0;
            for (int at = y * WIDTH; at < (y + 1) * WIDTH; at++) {
                steps += Math.abs(levels[at + WIDTH] - levels[at]);
            }
            rowSteps[(top + y) % BLOCK] += steps;
        }
    }

    private InputDetail detail() {
        int patches = LINES * LINES;
        double pixels = (double) patches * inner();
        double mean = laplacian / pixels;
        Arrays.sort(noise);
        boolean blocks = columns == WIDTH && rows == HEIGHT;
        return new InputDetail(
                Math.max(0, laplacianSquares / pixels - mean * mean),
                noise[patches / 4],
                blocks
                        ? Math.min(
                                Blockiness.ratio(mean(columnSteps, 2 * HEIGHT * patches)),
                                Blockiness.ratio(mean(rowSteps, WIDTH * patches)))
                        : 1);
    }

    private static double[] mean(long[] sums, int count) {
        return Arrays.stream(sums).mapToDouble(sum -> sum / (double) count).toArray();
    }
}
