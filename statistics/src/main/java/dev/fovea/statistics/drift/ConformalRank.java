package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The rank of a new score among the scores of earlier blocks, as a smoothed conformal p-value: {@code p = (greater + u
 * (equal + 1)) / (n + 1)}, {@code u} uniform. While the blocks are exchangeable, the p-values of successive blocks,
 * each ranked among all before it, are independent and uniform, whatever the scores' distribution. Source: V. Vovk, A.
 * Gammerman, G. Shafer, "Algorithmic Learning in a Random World" (2005), theorem 8.1.
 *
 * <p>The sorted scores grow by {@link #add}. Not thread-safe.
 */
public final class ConformalRank {

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private double[] sorted;
    private int size;

    /** Takes the scores of the earlier blocks, in any order; they are copied. */
    public ConformalRank(double[] scores) {
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

    /**
     * The normal score of a new score: the standard normal quantile of {@code 1 - p} (van der Waerden, 1952). Standard
     * normal while blocks are exchangeable; positive when the score is greater than most.
     *
     * @param tie {@code u}, uniform in [0, 1); the caller draws it, so that a replay draws the same
     */
    public double normalScore(double score, double tie) {
        int notAbove = upper(score);
        return normalScore(size - notAbove, notAbove - lower(score), size, tie);
    }

    /** The normal score of one that {@code greater} of {@code count} scores exceed and {@code equal} tie with. */
    public static double normalScore(int greater, int equal, int count, double tie) {
        return -normalQuantile(pValue(greater, equal, count, tie));
    }

    /**
     * The smoothed p-value of a score that {@code greater} of {@code count} scores exceed and {@code equal} tie with.
     */
    public static double pValue(int greater, int equal, int count, double tie) {
        return (greater + tie * (equal + 1)) / (count + 1);
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
