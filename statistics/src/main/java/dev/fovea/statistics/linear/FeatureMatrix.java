package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/** N rows of D features, such as the embeddings of N images, {@code [N,D]} in row-major order. Immutable. */
public final class FeatureMatrix {

    private final int rows;
    private final int columns;
    private final float[] values;

    private FeatureMatrix(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * A matrix over an array.
     *
     * @param rows N, at least 1
     * @param columns D, at least 1
     * @param values {@code [N*D]} row-major, finite; taken over
     */
    public static FeatureMatrix of(int rows, int columns, float[] values) {
        Require.that(rows > 0 && columns > 0, "%d rows of %d features; there must be at least one.", rows, columns);
        Require.that(
                (long) rows * columns == values.length,
                "%d rows of %d features are %d values, not %d.",
                rows,
                columns,
                (long) rows * columns,
                values.length);
        for (int i = 0; i < values.length; i++) {
            Require.that(
                    Float.isFinite(values[i]),
                    "Feature %d of row %d is %s; all must be finite.",
                    i % columns,
                    i / columns,
                    values[i]);
        }
        return new FeatureMatrix(rows, columns, values);
    }

    /** A copy of {@code [N][D]} values, N and D at least 1, finite, all rows of one length. */
    public static FeatureMatrix of(float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        long size = (long) rows.length * columns;
        Require.that(
                size <= Integer.MAX_VALUE - 8,
                "%d rows of %d features do not fit one array; use fewer images.",
                rows.length,
                columns);
        float[] values = new float[(int) size];
        for (int i = 0; i < rows.length; i++) {
            Require.that(
                    rows[i].length == columns, "Row %d has %d features, the first has %d.", i, rows[i].length, columns);
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return of(rows.length, columns, values);
    }

    /** N. */
    public int rows() {
        return rows;
    }

    /** D. */
    public int columns() {
        return columns;
    }

    /** One feature of one row. */
    public float value(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy of a row, {@code [D]}. */
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /** The rows of these indices, in their order; at least one. */
    public FeatureMatrix select(int[] indices) {
        float[] selected = new float[indices.length * columns];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * columns, selected, i * columns, columns);
        }
        return of(indices.length, columns, selected);
    }

    /** Some of the features of every row: those from one column to before another. */
    public FeatureMatrix columns(int from, int to) {
        Require.that(from >= 0 && to > from && to <= columns, "Columns %d to %d of %d.", from, to, columns);
        int length = to - from;
        float[] selected = new float[rows * length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns + from, selected, row * length, length);
        }
        return new FeatureMatrix(rows, length, selected);
    }

    /** Each row divided by its Euclidean length; a row of zeros stays. */
    public FeatureMatrix normalized() {
        float[] scaled = values.clone();
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                sum += (double) scaled[i] * scaled[i];
            }
            float scale = sum > 0 ? (float) (1 / Math.sqrt(sum)) : 1;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                scaled[i] *= scale;
            }
        }
        return new FeatureMatrix(rows, columns, scaled);
    }

    /**
     * The square root of each value with its sign. It spreads the features of networks with ReLU, most of which are
     * near 0 (R. Arandjelović and A. Zisserman, "Three things everyone should know to improve object retrieval", CVPR
     * 2012).
     */
    public FeatureMatrix signedRoots() {
        float[] roots = new float[values.length];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = (float) Math.copySign(Math.sqrt(Math.abs(values[i])), values[i]);
        }
        return new FeatureMatrix(rows, columns, roots);
    }

    /** Squared Euclidean distance of a row to a row of a matrix of as many features. */
    public double squaredDistance(int row, FeatureMatrix other, int otherRow) {
        int a = row * columns;
        int b = otherRow * columns;
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int d = 0;
        // four sums, as an addition need not wait for the one before it
        for (; d + 3 < columns; d += 4) {
            double x = values[a + d] - other.values[b + d];
            double y = values[a + d + 1] - other.values[b + d + 1];
            double z = values[a + d + 2] - other.values[b + d + 2];
            double w = values[a + d + 3] - other.values[b + d + 3];
            first += x * x;
            second += y * y;
            third += z * z;
            fourth += w * w;
        }
        for (; d < columns; d++) {
            double x = values[a + d] - other.values[b + d];
            first += x * x;
        }
        return first + second + third + fourth;
    }

    /** The array itself, for the formulas of this package; not changed. */
    float[] values() {
        return values;
    }
}
