package dev.fovea.statistics.anomaly;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.Random;

/**
 * A few vectors that are near all others: the greedy solution of the k-center problem, whose largest distance is at
 * most twice the smallest possible one (T. F. Gonzalez, "Clustering to minimize the maximum intercluster distance",
 * Theoretical Computer Science 38 (1985)). PatchCore chooses its memory bank so.
 */
public final class GreedyCoreset {

    private GreedyCoreset() {}

    /**
     * Places of the chosen vectors, in the order of their choice.
     *
     * @param vectors {@code [n][d]}, one or more
     * @param count to choose; all are chosen where there are no more
     * @param seed of the first choice
     */
    public static int[] of(float[][] vectors, int count, long seed) {
        Require.that(vectors.length > 0 && count > 0, "%d of %d vectors.", count, vectors.length);
        int n = vectors.length;
        float[][] columns = transposed(vectors);
        int[] chosen = new int[Math.min(count, n)];
        float[] nearest = new float[n];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        float[] squared = new float[n];
        int next = new Random(seed).nextInt(n);
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = next;
            squaredDistances(vectors[next], columns, squared);
            next = 0;
            for (int j = 0; j < n; j++) {
                nearest[j] = Math.min(nearest[j], squared[j]);
                next = nearest[j] > nearest[next] ? j : next;
            }
        }
        return chosen;
    }

    /** By dimension, so that the loop over all vectors is the inner one. */
    private static void squaredDistances(float[] centre, float[][] columns, float[] squared) {
        Arrays.fill(squared, 0);
        for (int k = 0; k < columns.length; k++) {
            float value = centre[k];
            float[] column = columns[k];
            for (int j = 0; j < squared.length; j++) {
                float difference = column[j] - value;
                squared[j] += difference * difference;
            }
        }
    }

    private static float[][] transposed(float[][] vectors) {
        float[][] columns = new float[vectors[0].length][vectors.length];
        for (int j = 0; j < vectors.length; j++) {
            for (int k = 0; k < columns.length; k++) {
                columns[k][j] = vectors[j][k];
            }
        }
        return columns;
    }
}
