package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Require;

/**
 * How expectation maximization runs. The pseudo-counts are those of a Dirichlet prior. Without {@code diagonal}, few
 * labels collapse into one class: a careless annotator of a single class explains them as well.
 *
 * @param smoothing pseudo-count of every cell of every annotator's confusion matrix and of every class, at least 0
 * @param diagonal pseudo-count more of every cell in which the annotator is right, at least 0
 * @param tolerance the iteration stops when the objective grows by less than this per label
 * @param maxIterations limit of iterations
 */
public record EmSettings(double smoothing, double diagonal, double tolerance, int maxIterations) {

    /** A smoothing of 0.01, 1 more on the diagonal, a tolerance of 1e-6 and at most 500 iterations. */
    public static final EmSettings DEFAULT = new EmSettings(0.01, 1, 1e-6, 500);

    public EmSettings {
        Require.that(
                smoothing >= 0 && smoothing < Double.POSITIVE_INFINITY,
                "A smoothing of %s; give 0 or more.",
                smoothing);
        Require.that(
                diagonal >= 0 && diagonal < Double.POSITIVE_INFINITY,
                "A pseudo-count of %s on the diagonal; give 0 or more.",
                diagonal);
        Require.that(tolerance >= 0, "A tolerance of %s; it must not be negative.", tolerance);
        Require.that(maxIterations > 0, "%d iterations; there must be at least one.", maxIterations);
    }

    /** Pseudo-count of a cell of a confusion matrix. */
    double cell(int truth, int label) {
        return smoothing + (truth == label ? diagonal : 0);
    }

    /** Pseudo-counts of a row of K cells. */
    double row(int classes) {
        return smoothing * classes + diagonal;
    }
}
