package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The rank of a new score among the scores of earlier blocks, as conformal p-values: {@code (greater + u (equal + 1)) /
 * (n + 1)}, {@code u} uniform. While the blocks are exchangeable, the p-values of successive blocks, each ranked among
 * all before it, are independent and uniform, whatever the scores' distribution. Source: V. Vovk, A. Gammerman, G.
 * Shafer, "Algorithmic Learning in a Random World" (2005), theorem 8.1.
 *
 * <p>The sorted scores grow by {@link #add}. Not thread-safe.
 */
public final class ConformalRank {

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private final double resolution;
    private double[] sorted;
    private int size;

    /**
     * Takes the scores of the earlier blocks.
     *
     * @param scores in any order; they are copied
     * @param resolution scores that differ by at most this are equal, because their order means nothing
     */
    public ConformalRank(double[] scores, double resolution) {
        Require.that(resolution >= 0, "A resolution of %s.", resolution);
        this.resolution = resolution;
        this.sorted = scores.clone();
        this.size = scores.length;
        Arrays.sort(sorted);
        Require.that(
                size == 0 || (Double.isFinite(sorted[0]) && Double.isFinite(sorted[size - 1])),
                "A score is no number.");
    }

    /** Number of scores. */
    public int size() {
        return size;
    }

    /** The rank of a new score. */
    public TiedRank rank(double score) {
        int notAbove = upper(score + resolution);
        return TiedRank.of(size - notAbove, notAbove - lower(score - resolution) + 1, size + 1);
    }

    /** The quantile of the standard normal distribution; its argument is kept 1e-12 away from 0 and 1. */
    public static double normalQuantile(double probability) {
        return NORMAL.inverseCumulativeProbability(Math.clamp(probability, 1e-12, 1 - 1e-12));
    }

    /** Adds a score to those that later ones are ranked among. */
    public void add(double score) {
        int place = upper(score);
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, Math.max(16, size + size / 4));
        }
        System.arraycopy(sorted, place, sorted, place + 1, size - place);
        sorted[place] = score;
        size++;
    }

    /** Number of scores at most this one. */
    private int upper(double score) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Number of scores below this one. */
    private int lower(double score) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
