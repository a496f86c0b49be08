package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;

/** Fits of the same rows at one C after another, each from the result of the one before. One thread at a time. */
final class LogisticPath {

    private final Standardization standardization;
    private final LogisticSettings settings;
    private final LogisticLoss loss;
    private final int columns;
    private final int classes;
    private double[] start;

    /** Errors of {@link LogisticRegression#fit}. */
    LogisticPath(FeatureMatrix features, ClassTargets targets, LogisticSettings settings) {
        Require.that(features.rows() == targets.rows(), "%d rows but %d targets.", features.rows(), targets.rows());
        Require.that(targets.total() > 0, "All weights are 0; at least one row must count.");
        this.settings = settings;
        this.columns = features.columns();
        this.classes = targets.classes();
        this.standardization = settings.standardized() ? Standardization.of(features) : Standardization.none(columns);
        this.loss = new LogisticLoss(features, standardization, targets, settings);
        this.start = new double[loss.parameters()];
    }

    /** The model at a C. */
    LogisticRegression next(double c) {
        Lbfgs.Minimum minimum = Lbfgs.minimize(
                new LogisticLoss(loss, settings.withC(c).c()), start, settings.tolerance(), settings.maxIterations());
        start = minimum.point();
        return LogisticRegression.of(columns, standardization, minimum, classes);
    }
}
