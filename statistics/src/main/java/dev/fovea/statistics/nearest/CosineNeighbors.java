package dev.fovea.statistics.nearest;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The k nearest neighbours by cosine: the class that most of the k rows of the greatest cosine similarity have. Of
 * classes with as many votes, the one whose rows are nearer in sum, then the lower index. Source: T. Hastie, R.
 * Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd edition 2009, section 13.3. Immutable.
 */
public final class CosineNeighbors {

    private final FeatureMatrix known;
    private final int[] labels;
    private final int classes;
    private final int neighbors;

    /**
     * A classifier of known rows.
     *
     * @param known {@code [N,D]}
     * @param labels {@code [N]}, in [0, K)
     * @param classes K
     * @param neighbors k, at least 1; of fewer rows all vote
     */
    public CosineNeighbors(FeatureMatrix known, int[] labels, int classes, int neighbors) {
        Require.that(labels.length == known.rows(), "%d labels for %d rows.", labels.length, known.rows());
        Require.that(neighbors >= 1, "%d neighbours; there must be at least one.", neighbors);
        this.known = known.normalized();
        this.labels = labels.clone();
        this.classes = classes;
        this.neighbors = Math.min(neighbors, known.rows());
    }

    /** The class of each row of {@code [M,D]}, {@code [M]}. Rows run in parallel; the result does not depend on it. */
    public int[] predict(FeatureMatrix rows) {
        FeatureMatrix directions = rows.normalized();
        return IntStream.range(0, rows.rows())
                .parallel()
                .map(row -> predict(directions, row))
                .toArray();
    }

    private int predict(FeatureMatrix directions, int row) {
        double[] distances = new double[neighbors];
        int[] nearest = new int[neighbors];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int other = 0; other < known.rows(); other++) {
            // of directions, half the squared distance is 1 minus the cosine
            double distance = directions.squaredDistance(row, known, other) / 2;
            if (distance < distances[neighbors - 1]) {
                insert(distances, nearest, distance, other);
            }
        }
        int[] votes = new int[classes];
        double[] sums = new double[classes];
        for (int i = 0; i < neighbors; i++) {
            votes[labels[nearest[i]]]++;
            sums[labels[nearest[i]]] += distances[i];
        }
        int best = 0;
        for (int label = 1; label < classes; label++) {
            boolean nearer = votes[label] == votes[best] && votes[label] > 0 && sums[label] < sums[best];
            best = votes[label] > votes[best] || nearer ? label : best;
        }
        return best;
    }

    private static void insert(double[] distances, int[] nearest, double distance, int row) {
        int at = distances.length - 1;
        while (at > 0 && distances[at - 1] > distance) {
            distances[at] = distances[at - 1];
            nearest[at] = nearest[at - 1];
            at--;
        }
        distances[at] = distance;
        nearest[at] = row;
    }
}
