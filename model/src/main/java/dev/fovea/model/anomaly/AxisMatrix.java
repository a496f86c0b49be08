package dev.fovea.model.anomaly;

import java.util.List;

/**
 * What a separable filter does to one axis of a map, as a matrix {@code [rows, columns]}: a map {@code [h, w]} becomes
 * {@code A map Bᵀ}. Resizing, averaging and smoothing are linear, so that any sequence of them is one matrix for each
 * axis, and a graph needs two small MatMuls for it. Immutable.
 */
public final class AxisMatrix {

    private final int rows;
    private final int columns;
    private final double[] values;

    private AxisMatrix(int rows, int columns, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /** Bilinear resizing with half-pixel centres, without antialiasing: {@code align_corners=False} of PyTorch. */
    public static AxisMatrix bilinear(int from, int to) {
        double[] values = new double[to * from];
        for (int row = 0; row < to; row++) {
            double source = Math.max(0, (row + 0.5) * from / to - 0.5);
            int low = Math.min((int) source, from - 1);
            int high = Math.min(low + 1, from - 1);
            values[row * from + low] += 1 - (source - low);
            values[row * from + high] += source - low;
        }
        return new AxisMatrix(to, from, values);
    }

    /** The mean of each cell and its neighbours; at the ends there is one neighbour. */
    public static AxisMatrix neighbours(int length) {
        double[] values = new double[length * length];
        for (int row = 0; row < length; row++) {
            int first = Math.max(0, row - 1);
            int last = Math.min(length - 1, row + 1);
            for (int column = first; column <= last; column++) {
                values[row * length + column] = 1.0 / (last - first + 1);
            }
        }
        return new AxisMatrix(length, length, values);
    }

    /**
     * Gaussian smoothing, cut off at four standard deviations, with the ends mirrored: {@code gaussian_filter} of
     * SciPy.
     *
     * @param deviation in cells
     */
    public static AxisMatrix gaussian(int length, double deviation) {
        int radius = (int) (4 * deviation + 0.5);
        double[] weights = new double[2 * radius + 1];
        double total = 0;
        for (int i = -radius; i <= radius; i++) {
            weights[i + radius] = Math.exp(-0.5 * i * i / (deviation * deviation));
            total += weights[i + radius];
        }
        double[] values = new double[length * length];
        for (int row = 0; row < length; row++) {
            for (int i = -radius; i <= radius; i++) {
                values[row * length + mirrored(row + i, length)] += weights[i + radius] / total;
            }
        }
        return new AxisMatrix(length, length, values);
    }

    private static int mirrored(int place, int length) {
        int inPeriod = Math.floorMod(place, 2 * length);
        return inPeriod < length ? inPeriod : 2 * length - 1 - inPeriod;
    }

    /** This after another: the product {@code this · first}. */
    public AxisMatrix after(AxisMatrix first) {
        if (columns != first.rows) {
            throw new IllegalArgumentException("%d columns after %d rows".formatted(columns, first.rows));
        }
        double[] product = new double[rows * first.columns];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < columns; k++) {
                double factor = values[row * columns + k];
                for (int column = 0; factor != 0 && column < first.columns; column++) {
                    product[row * first.columns + column] += factor * first.values[k * first.columns + column];
                }
            }
        }
        return new AxisMatrix(rows, first.columns, product);
    }

    /** Length of the axis afterwards. */
    public int rows() {
        return rows;
    }

    /** Length of the axis before. */
    public int columns() {
        return columns;
    }

    /** A number of the matrix. */
    public double at(int row, int column) {
        return values[row * columns + column];
    }

    List<Long> shape() {
        return List.of((long) rows, (long) columns);
    }

    /** Row by row. */
    float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** The matrix with rows and columns exchanged. */
    AxisMatrix transposed() {
        double[] exchanged = new double[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                exchanged[column * rows + row] = values[row * columns + column];
            }
        }
        return new AxisMatrix(columns, rows, exchanged);
    }

    /**
     * A map after both of its axes were filtered.
     *
     * @param map {@code [vertical.columns, horizontal.columns]}, row by row
     * @return {@code [vertical.rows, horizontal.rows]}, row by row
     */
    public static double[] filter(AxisMatrix vertical, double[] map, AxisMatrix horizontal) {
        AxisMatrix source = new AxisMatrix(vertical.columns, horizontal.columns, map);
        return vertical.after(source).after(horizontal.transposed()).values;
    }
}
