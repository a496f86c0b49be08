package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;

/**
 * Logit adjustment for rare classes: the class of the greatest {@code ln p_k − τ ln π_k}, with π the share of each
 * class. τ = 0 keeps the classifier; τ = 1 expects all classes equally often. Source: A. Menon et al., "Long-tail
 * learning via logit adjustment", ICLR 2021.
 *
 * @param tau τ, from 0 to 1
 */
public record PriorCorrection(double tau) {

    /** Keeps the classifier. */
    public static final PriorCorrection NONE = new PriorCorrection(0);

    /** Expects all classes equally often. */
    public static final PriorCorrection FULL = new PriorCorrection(1);

    public PriorCorrection {
        Require.that(tau >= 0 && tau <= 1, "τ is %s; it must be from 0 to 1.", tau);
    }

    /** What is added to the logit of each class, {@code [K]}; 0 for a class without targets. */
    public double[] shifts(ClassTargets targets) {
        double[] shifts = priors(targets);
        for (int k = 0; k < shifts.length; k++) {
            shifts[k] = shifts[k] > 0 ? -tau * Math.log(shifts[k]) : 0;
        }
        return shifts;
    }

    /**
     * The predicted class of each row, {@code [N]}.
     *
     * @param probabilities {@code [N][K]}
     * @param targets that the classifier was fitted to, which have the shares of the classes
     */
    public int[] predictions(double[][] probabilities, ClassTargets targets) {
        double[] shifts = shifts(targets);
        int[] predictions = new int[probabilities.length];
        for (int row = 0; row < predictions.length; row++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < shifts.length; k++) {
                double score = Math.log(Math.max(Double.MIN_NORMAL, probabilities[row][k])) + shifts[k];
                if (score > best) {
                    best = score;
                    predictions[row] = k;
                }
            }
        }
        return predictions;
    }

    private static double[] priors(ClassTargets targets) {
        double[] priors = new double[targets.classes()];
        double total = targets.total();
        for (int row = 0; row < targets.rows(); row++) {
            for (int k = 0; k < priors.length; k++) {
                priors[k] += targets.weight(row, k) / total;
            }
        }
        return priors;
    }
}
