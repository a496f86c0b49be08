package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * When the logarithm of an e-process reaches a bound. It grows like a Brownian motion with drift {@code d} and variance
 * {@code 2 d} per observation, so that the number of observations is inverse Gaussian: A. Wald, "Sequential Analysis"
 * (1947), appendix; R. S. Chhikara and J. L. Folks, "The Inverse Gaussian Distribution" (1989). Pure.
 *
 * @param bound that is to be reached, above 0
 * @param drift mean growth per observation, above 0
 */
record CrossingTime(double bound, double drift) {

    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final int HALVINGS = 100;

    /** The mean number of observations. */
    double mean() {
        return bound / drift;
    }

    /** The number of observations within which the bound is reached with a probability. */
    double within(double probability) {
        Require.that(
                probability > 0 && probability < 1,
                "The power is %s; it lies between 0 and 1, and is usually 0.8.",
                probability);
        double low = 0;
        double high = mean();
        while (reached(high) < probability) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (reached(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The distribution function of the inverse Gaussian. */
    private double reached(double observations) {
        double shape = bound * bound / (2 * drift);
        double root = Math.sqrt(shape / observations);
        return NORMAL.cumulativeProbability(root * (observations / mean() - 1))
                + Math.exp(2 * shape / mean()) * NORMAL.cumulativeProbability(-root * (observations / mean() + 1));
    }
}
