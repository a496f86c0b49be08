package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;

/**
 * How a logistic regression is fitted.
 *
 * @param c inverse strength of the L2 penalty, positive: {@code C · sum of losses + |W|²/2}, as in scikit-learn with
 *     its multinomial loss
 * @param standardized whether features are first brought to mean 0 and deviation 1
 * @param tolerance the largest component of the mean loss's gradient at which the fit ends
 * @param maxIterations at which the fit ends in any case
 */
public record LogisticSettings(double c, boolean standardized, double tolerance, int maxIterations) {

    /** C = 1, standardized features. */
    public static final LogisticSettings DEFAULT = new LogisticSettings(1, true, 1e-4, 1000);

    public LogisticSettings {
        Require.that(c > 0 && Double.isFinite(c), "C is %s; it must be a positive number.", c);
        Require.that(tolerance > 0, "The tolerance is %s; it must be positive.", tolerance);
        Require.that(maxIterations > 0, "%d iterations; there must be at least one.", maxIterations);
    }

    /** These settings with another C. */
    public LogisticSettings withC(double other) {
        return new LogisticSettings(other, standardized, tolerance, maxIterations);
    }
}
