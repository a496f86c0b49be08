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
 * @param focus γ of the focal loss; 0 for the log loss
 */
public record LogisticSettings(double c, boolean standardized, double tolerance, int maxIterations, double focus) {

    /** C = 1, standardized features. */
    public static final LogisticSettings DEFAULT = new LogisticSettings(1, true, 1e-4, 1000);

    /** The log loss. */
    public LogisticSettings(double c, boolean standardized, double tolerance, int maxIterations) {
        this(c, standardized, tolerance, maxIterations, 0);
    }

    public LogisticSettings {
        Require.that(c > 0 && Double.isFinite(c), "C is %s; it must be a positive number.", c);
        Require.that(tolerance > 0, "The tolerance is %s; it must be positive.", tolerance);
        Require.that(maxIterations > 0, "%d iterations; there must be at least one.", maxIterations);
        Require.that(focus >= 0 && Double.isFinite(focus), "A focus of %s; it must be finite and not negative.", focus);
    }

    /** These settings with another C. */
    public LogisticSettings withC(double other) {
        return new LogisticSettings(other, standardized, tolerance, maxIterations, focus);
    }

    /** These settings with the focal loss of a γ. */
    public LogisticSettings withFocus(double gamma) {
        return new LogisticSettings(c, standardized, tolerance, maxIterations, gamma);
    }
}
