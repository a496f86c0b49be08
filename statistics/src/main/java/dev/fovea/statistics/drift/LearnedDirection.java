package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * A direction along which recent blocks differ from quiet ones, learned from blocks before the one that is scored: the
 * exponentially weighted mean of them, in the metric of the quiet blocks' covariance, as in Fisher's discriminant. The
 * score of the next block along it has mean 0 without a change, and after one it has nearly the power of a test along
 * the change's own direction. Sources: C. A. Lowry and others, "A multivariate exponentially weighted moving average
 * control chart", Technometrics 34 (1992) 46–53; predictable directions: A. Podkopaev, A. Ramdas, "Sequential
 * predictive two-sample and independence testing" (2023). Not thread-safe.
 */
public final class LearnedDirection {

    private final double share;
    private final double[] mean;

    /**
     * @param dimensions of the blocks
     * @param share weight of the newest block in the mean, in (0, 1)
     */
    public LearnedDirection(int dimensions, double share) {
        this(share, new double[dimensions]);
    }

    private LearnedDirection(double share, double[] mean) {
        Require.that(share > 0 && share < 1, "The newest block's weight is %s; it must lie between 0 and 1.", share);
        this.share = share;
        this.mean = mean;
    }

    /** Goes on from what {@link #state} returned. */
    public static LearnedDirection resume(double share, double[] state) {
        return new LearnedDirection(share, state.clone());
    }

    /**
     * The direction in the first dimensions, {@code [used]}.
     *
     * @param precision inverse of the quiet blocks' covariance, {@code [used][used]}
     */
    public double[] direction(double[][] precision) {
        double[] direction = new double[precision.length];
        for (int a = 0; a < direction.length; a++) {
            for (int b = 0; b < direction.length; b++) {
                direction[a] += precision[a][b] * mean[b];
            }
        }
        return direction;
    }

    /** Learns from a block, {@code [dimensions]}, after it was scored. */
    public void learn(double[] block) {
        for (int k = 0; k < mean.length; k++) {
            mean[k] += share * (block[k] - mean[k]);
        }
    }

    /** Forgets what it learned. */
    public void reset() {
        Arrays.fill(mean, 0);
    }

    /** A copy of the mean, for {@link #resume}. */
    public double[] state() {
        return mean.clone();
    }

    /** The score of a block along a direction. */
    public static double score(double[] direction, double[] block) {
        double sum = 0;
        for (int k = 0; k < direction.length; k++) {
            sum += direction[k] * block[k];
        }
        return sum;
    }
}
