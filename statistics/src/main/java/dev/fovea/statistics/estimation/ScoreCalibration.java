package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.LogisticRegression;
import dev.fovea.statistics.linear.LogisticSettings;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.Arrays;

/**
 * Scores to probabilities of an outcome, by class: beta calibration with an offset for each class, {@code logit P(right
 * | s, c) = a ln s - b ln(1 - s) + d + o_c}. Source: M. Kull, T. Silva Filho and P. Flach, "Beta calibration", AISTATS
 * 2017. The offsets have an L2 penalty, so that a class with few images stays near the others. Targets are smoothed as
 * in J. Platt, "Probabilistic outputs for support vector machines" (1999), so that outcomes that are all alike fit.
 * Immutable.
 */
public final class ScoreCalibration {

    /** Folds of {@link #outOfFold}. */
    public static final int FOLDS = 5;

    private static final double EDGE = 1e-6;
    private static final LogisticSettings SETTINGS = new LogisticSettings(1, false, 1e-5, 500);

    private final LogisticRegression model;
    private final int classes;

    private ScoreCalibration(LogisticRegression model, int classes) {
        this.model = model;
        this.classes = classes;
    }

    /**
     * Fits a calibration.
     *
     * @param scores {@code [N]}, in [0, 1]; N at least 1
     * @param labels {@code [N]} the class that each score is for, in [0, classes)
     * @param classes K
     * @param right {@code [N]} the outcomes
     */
    public static ScoreCalibration fit(double[] scores, int[] labels, int classes, boolean[] right) {
        Require.that(
                scores.length > 0 && scores.length == labels.length && scores.length == right.length,
                "%d scores, %d classes and %d outcomes; there must be as many of each and at least one.",
                scores.length,
                labels.length,
                right.length);
        int positive = count(right);
        double high = (positive + 1.0) / (positive + 2);
        double low = 1.0 / (right.length - positive + 2);
        double[][] targets = new double[right.length][];
        for (int i = 0; i < right.length; i++) {
            double target = right[i] ? high : low;
            targets[i] = new double[] {1 - target, target};
        }
        FeatureMatrix features = features(scores, labels, classes);
        return new ScoreCalibration(
                LogisticRegression.fit(features, ClassTargets.ofSoftLabels(targets), SETTINGS), classes);
    }

    /**
     * Probabilities of the rows that calibrate, each by a calibration without its fold, {@code [N]}. Few rows have
     * fewer folds; fewer than four are predicted by a calibration of all.
     */
    public static double[] outOfFold(double[] scores, int[] labels, int classes, boolean[] right, long seed) {
        int folds = Math.min(FOLDS, scores.length / 2);
        if (folds < 2) {
            return fit(scores, labels, classes, right).of(scores, labels);
        }
        int[] outcomes = new int[right.length];
        Arrays.setAll(outcomes, i -> right[i] ? 1 : 0);
        StratifiedFolds dealt = StratifiedFolds.of(outcomes, folds, seed);
        double[] probabilities = new double[scores.length];
        for (int fold = 0; fold < folds; fold++) {
            int[] inside = dealt.inside(fold);
            int[] outside = dealt.outside(fold);
            ScoreCalibration others = fit(pick(scores, outside), pick(labels, outside), classes, pick(right, outside));
            double[] own = others.of(pick(scores, inside), pick(labels, inside));
            for (int i = 0; i < inside.length; i++) {
                probabilities[inside[i]] = own[i];
            }
        }
        return probabilities;
    }

    /** Probabilities {@code [M]} of scores {@code [M]} for classes {@code [M]}. */
    public double[] of(double[] scores, int[] labels) {
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = of(scores[i], labels[i]);
        }
        return probabilities;
    }

    /** The probability that a score for a class is right. */
    public double of(double score, int label) {
        Require.that(label >= 0 && label < classes, "Class %d; classes are 0 to %d.", label, classes - 1);
        double logit = model.intercept(1) - model.intercept(0);
        logit += (model.weight(1, 0) - model.weight(0, 0)) * logOf(score);
        logit += (model.weight(1, 1) - model.weight(0, 1)) * -logOf(1 - score);
        logit += model.weight(1, 2 + label) - model.weight(0, 2 + label);
        return 1 / (1 + Math.exp(-logit));
    }

    private static FeatureMatrix features(double[] scores, int[] labels, int classes) {
        float[][] rows = new float[scores.length][2 + classes];
        for (int i = 0; i < rows.length; i++) {
            Require.that(scores[i] >= 0 && scores[i] <= 1, "Score %d is %s; it lies in 0 to 1.", i, scores[i]);
            rows[i][0] = (float) logOf(scores[i]);
            rows[i][1] = (float) -logOf(1 - scores[i]);
            rows[i][2 + labels[i]] = 1;
        }
        return FeatureMatrix.of(rows);
    }

    private static double logOf(double share) {
        return Math.log(Math.clamp(share, EDGE, 1));
    }

    private static int count(boolean[] outcomes) {
        int count = 0;
        for (boolean outcome : outcomes) {
            count += outcome ? 1 : 0;
        }
        return count;
    }

    private static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    private static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(row -> values[row]).toArray();
    }

    private static boolean[] pick(boolean[] values, int[] rows) {
        boolean[] picked = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }
}
