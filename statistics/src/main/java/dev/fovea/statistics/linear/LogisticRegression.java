package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.Softmax;
import java.util.ArrayList;
import java.util.List;

/**
 * Multinomial logistic regression with an L2 penalty: {@code p_k(x) = softmax_k(W x + b)}, fitted by {@link Lbfgs}.
 * Source: T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd edition 2009, section
 * 4.4. All K classes have weights of their own, so that two classes at C fit as a binary model does at 2C.
 * Deterministic; immutable.
 */
public final class LogisticRegression {

    private final int columns;
    private final int classes;
    private final double[] weights;
    private final double[] intercepts;
    private final boolean converged;

    private LogisticRegression(int columns, Standardization by, Lbfgs.Minimum minimum, int classes) {
        this.columns = columns;
        this.classes = classes;
        this.converged = minimum.converged();
        this.weights = new double[columns * classes];
        this.intercepts = new double[classes];
        double[] point = minimum.point();
        for (int k = 0; k < classes; k++) {
            double intercept = point[classes * columns + k];
            for (int d = 0; d < columns; d++) {
                double weight = point[k * columns + d] * by.scale[d];
                weights[d * classes + k] = weight;
                intercept -= weight * by.mean[d];
            }
            intercepts[k] = intercept;
        }
    }

    /**
     * Fits a model.
     *
     * @param features {@code [N,D]}
     * @param targets {@code [N,K]}, of a positive sum
     */
    public static LogisticRegression fit(FeatureMatrix features, ClassTargets targets, LogisticSettings settings) {
        return path(features, targets, settings, new double[] {settings.c()}).getFirst();
    }

    /**
     * Fits a model for each C, each from the result of the one before, which saves most of the iterations.
     *
     * @param cs in ascending order
     * @return as many models, in the same order
     */
    public static List<LogisticRegression> path(
            FeatureMatrix features, ClassTargets targets, LogisticSettings settings, double[] cs) {
        LogisticPath path = new LogisticPath(features, targets, settings);
        List<LogisticRegression> models = new ArrayList<>();
        for (double c : cs) {
            models.add(path.next(c));
        }
        return models;
    }

    /** The model of parameters on standardized features. */
    static LogisticRegression of(int columns, Standardization by, Lbfgs.Minimum minimum, int classes) {
        return new LogisticRegression(columns, by, minimum, classes);
    }

    /** K. */
    public int classes() {
        return classes;
    }

    /** Whether the gradient came within the tolerance before the iterations ended. */
    public boolean converged() {
        return converged;
    }

    /** The weight of a feature, in its own units, for a class. */
    public double weight(int label, int feature) {
        return weights[feature * classes + label];
    }

    /** The intercept of a class. */
    public double intercept(int label) {
        return intercepts[label];
    }

    /** Probabilities {@code [M][K]} of rows {@code [M,D]}. */
    public double[][] probabilities(FeatureMatrix features) {
        Require.that(
                features.columns() == columns, "Rows of %d features for a model of %d.", features.columns(), columns);
        double[][] probabilities = new double[features.rows()][];
        float[] values = features.values();
        for (int row = 0; row < probabilities.length; row++) {
            double[] logits = intercepts.clone();
            for (int d = 0; d < columns; d++) {
                double value = values[row * columns + d];
                for (int k = 0; k < classes; k++) {
                    logits[k] += value * weights[d * classes + k];
                }
            }
            probabilities[row] = Softmax.of(logits);
        }
        return probabilities;
    }
}
