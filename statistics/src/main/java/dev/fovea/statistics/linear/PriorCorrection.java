package dev.fovea.statistics.linear;

import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.Require;

/**
 * Logit adjustment for rare classes: the class of the greatest {@code ln p_k − τ ln π_k}, with π the share of each
 * class. τ = 0 keeps the classifier; τ = 1 expects all classes equally often. Source: A. Menon et al., "Long-tail
 * learning via logit adjustment", ICLR 2021.
 *
 * @param tau τ, from 0 to 1
 * @param before macro-F1 of the out-of-fold predictions without the correction
 * @param after the same with it
 */
public record PriorCorrection(double tau, double before, double after) {

    private static final double[] TAUS = {0.25, 0.5, 0.75, 1};

    /**
     * The τ of the highest macro-F1 out of fold, if the mean gain over the folds is more than its standard error; else
     * 0.
     *
     * @param probabilities {@code [N][K]} out of fold
     * @param targets {@code [N,K]}
     */
    public static PriorCorrection choose(double[][] probabilities, ClassTargets targets, StratifiedFolds folds) {
        Require.that(
                probabilities.length == targets.rows(),
                "%d rows but %d targets.",
                probabilities.length,
                targets.rows());
        int[] truths = targets.labels();
        double[] priors = priors(targets);
        int[] plain = predictions(probabilities, priors, 0);
        double before = macroF1(targets.classes(), truths, plain);
        PriorCorrection best = new PriorCorrection(0, before, before);
        for (double tau : TAUS) {
            int[] corrected = predictions(probabilities, priors, tau);
            double after = macroF1(targets.classes(), truths, corrected);
            if (after > best.after && isGain(targets.classes(), truths, plain, corrected, folds)) {
                best = new PriorCorrection(tau, before, after);
            }
        }
        return best;
    }

    /** What is added to the logit of each class, {@code [K]}; 0 for a class without targets. */
    public double[] shifts(ClassTargets targets) {
        double[] shifts = priors(targets);
        for (int k = 0; k < shifts.length; k++) {
            shifts[k] = shifts[k] > 0 ? -tau * Math.log(shifts[k]) : 0;
        }
        return shifts;
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

    private static int[] predictions(double[][] probabilities, double[] priors, double tau) {
        int[] predictions = new int[probabilities.length];
        for (int row = 0; row < predictions.length; row++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < priors.length; k++) {
                double score = Math.log(Math.max(Double.MIN_NORMAL, probabilities[row][k]))
                        - (priors[k] > 0 ? tau * Math.log(priors[k]) : 0);
                if (score > best) {
                    best = score;
                    predictions[row] = k;
                }
            }
        }
        return predictions;
    }

    private static boolean isGain(int classes, int[] truths, int[] plain, int[] corrected, StratifiedFolds folds) {
        double sum = 0;
        double squares = 0;
        for (int fold = 0; fold < folds.folds(); fold++) {
            int[] rows = folds.inside(fold);
            int[] inside = select(truths, rows);
            double gain =
                    macroF1(classes, inside, select(corrected, rows)) - macroF1(classes, inside, select(plain, rows));
            sum += gain;
            squares += gain * gain;
        }
        int n = folds.folds();
        double mean = sum / n;
        double variance = Math.max(0, squares - n * mean * mean) / (n - 1);
        return mean > Math.sqrt(variance / n);
    }

    private static int[] select(int[] values, int[] rows) {
        int[] selected = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = values[rows[i]];
        }
        return selected;
    }

    private static double macroF1(int classes, int[] truths, int[] predictions) {
        return ConfusionMatrix.tally(classes, truths, predictions).macroF1().orElse(0);
    }
}
