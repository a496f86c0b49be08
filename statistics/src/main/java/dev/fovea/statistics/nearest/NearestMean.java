package dev.fovea.statistics.nearest;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.FeatureMatrix;

/**
 * The nearest class mean by cosine: each row, brought to length 1, gets the class whose mean of such rows has the
 * greatest cosine similarity to it. Source: T. Mensink et al., "Distance-Based Image Classification: Generalizing to
 * New Classes at Near-Zero Cost", PAMI 35(11), 2013. Immutable.
 */
public final class NearestMean {

    private final double[][] means;
    private final int[] counts;

    /**
     * The means of known rows.
     *
     * @param known {@code [N,D]}
     * @param labels {@code [N]}, in [0, K)
     * @param classes K; a class without rows is never predicted
     */
    public NearestMean(FeatureMatrix known, int[] labels, int classes) {
        Require.that(labels.length == known.rows(), "%d labels for %d rows.", labels.length, known.rows());
        FeatureMatrix directions = known.normalized();
        this.means = new double[classes][known.columns()];
        this.counts = new int[classes];
        for (int row = 0; row < labels.length; row++) {
            counts[labels[row]]++;
            double[] mean = means[labels[row]];
            for (int d = 0; d < mean.length; d++) {
                mean[d] += directions.value(row, d);
            }
        }
        for (double[] mean : means) {
            normalize(mean);
        }
    }

    private static void normalize(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        double scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
        for (int d = 0; d < vector.length; d++) {
            vector[d] *= scale;
        }
    }

    /** The class of each row of {@code [M,D]}, {@code [M]}. */
    public int[] predict(FeatureMatrix rows) {
        int[] labels = new int[rows.rows()];
        for (int row = 0; row < labels.length; row++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int label = 0; label < means.length; label++) {
                double product = 0;
                for (int d = 0; d < rows.columns(); d++) {
                    product += means[label][d] * rows.value(row, d);
                }
                if (counts[label] > 0 && product > best) {
                    best = product;
                    labels[row] = label;
                }
            }
        }
        return labels;
    }
}
