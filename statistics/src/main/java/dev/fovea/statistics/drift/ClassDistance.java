package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;

/**
 * How far an embedding is from the nearest class, in the metric of the covariance within classes, and beyond which
 * distance few embeddings of known classes are. Source: K. Lee and others, "A simple unified framework for detecting
 * out-of-distribution samples and adversarial attacks", NeurIPS 2018. Thread-safe.
 */
public final class ClassDistance {

    private static final int FOLDS = 5;

    /** Turns a covariance within classes into that of independent numbers of variance 1. */
    private final double[][] whitening;

    private final double[][] whitenedMeans;
    private final double far;

    private ClassDistance(double[][] whitening, List<double[]> means, double far) {
        this.whitening = whitening;
        this.whitenedMeans = means.stream().map(mean -> times(whitening, mean)).toArray(double[][]::new);
        this.far = far;
    }

    /**
     * Of embeddings, {@code [n][d]}, of known classes.
     *
     * @param classes of the embeddings, from 0
     * @param farShare share of them that is farther than {@link #isFar} allows, each measured without a fifth of them
     *     that it belongs to, so that new ones are as far
     */
    public static ClassDistance of(double[][] rows, int[] classes, double farShare) {
        Require.that(rows.length == classes.length, "%d rows of %d classes.", rows.length, classes.length);
        Require.that(rows.length >= 2 * FOLDS, "%d rows; at least %d are needed.", rows.length, 2 * FOLDS);
        double[] distances = new double[rows.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            ClassDistance others = fitted(rows, classes, fold, Double.NaN);
            for (int i = fold; i < rows.length; i += FOLDS) {
                distances[i] = others.of(rows[i]);
            }
        }
        Arrays.sort(distances);
        int place = (int) Math.min(rows.length - 1, Math.floor((1 - farShare) * rows.length));
        return fitted(rows, classes, -1, distances[place]);
    }

    /** @param without a fold that is left out; -1 for none */
    private static ClassDistance fitted(double[][] rows, int[] classes, int without, double far) {
        int d = rows[0].length;
        int count = Arrays.stream(classes).max().orElseThrow() + 1;
        double[][] means = new double[count][d];
        int[] sizes = new int[count];
        for (int i = 0; i < rows.length; i++) {
            if (without < 0 || i % FOLDS != without) {
                sizes[classes[i]]++;
                for (int k = 0; k < d; k++) {
                    means[classes[i]][k] += rows[i][k];
                }
            }
        }
        for (int c = 0; c < count; c++) {
            for (int k = 0; k < d; k++) {
                means[c][k] /= Math.max(1, sizes[c]);
            }
        }
        double[][] centred = new double[rows.length][];
        int kept = 0;
        for (int i = 0; i < rows.length; i++) {
            if (without < 0 || i % FOLDS != without) {
                centred[kept++] = difference(rows[i], means[classes[i]]);
            }
        }
        double[][] precision = ShrunkPrecision.of(Arrays.copyOf(centred, kept));
        double[][] whitening = new CholeskyDecomposition(MatrixUtils.createRealMatrix(precision), 1e-6, 0)
                .getLT()
                .getData();
        List<double[]> known = IntStream.range(0, count)
                .filter(c -> sizes[c] > 0)
                .mapToObj(c -> means[c])
                .toList();
        return new ClassDistance(whitening, known, far);
    }

    /** The distance of an embedding, {@code [d]}, to the nearest class. */
    public double of(double[] embedding) {
        double[] whitened = times(whitening, embedding);
        double least = Double.POSITIVE_INFINITY;
        for (double[] mean : whitenedMeans) {
            double sum = 0;
            for (int k = 0; k < mean.length; k++) {
                sum += (whitened[k] - mean[k]) * (whitened[k] - mean[k]);
            }
            least = Math.min(least, sum);
        }
        return Math.sqrt(least);
    }

    /** Whether an embedding is farther than nearly all of known classes. */
    public boolean isFar(double[] embedding) {
        return of(embedding) > far;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int a = 0; a < product.length; a++) {
            for (int b = 0; b < vector.length; b++) {
                product[a] += matrix[a][b] * vector[b];
            }
        }
        return product;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[b.length];
        for (int k = 0; k < difference.length; k++) {
            difference[k] = a[k] - b[k];
        }
        return difference;
    }
}
