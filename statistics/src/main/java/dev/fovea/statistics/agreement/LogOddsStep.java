package dev.fovea.statistics.agreement;

import java.util.Arrays;

/**
 * The maximization of {@link DifficultyModel}: log-odds {@code w[annotator, truth, label]} with {@code w[.,k,k] = 0},
 * given expected counts at each level of ease. Each row is a weighted multinomial logit, whose logarithm is concave.
 * Steps are Newton's with the diagonal of the Hessian, halved until the row improves, so that the objective never falls
 * (generalized expectation maximization: Dempster, Laird and Rubin, JRSS B 39 (1977) 1–38). The pseudo-counts are added
 * at ease 1.
 */
final class LogOddsStep {

    private static final int STEPS = 4;
    private static final int HALVINGS = 30;
    private static final double LIMIT = 25;

    private final int annotators;
    private final int classes;
    private final double[] ease;
    private final EmSettings settings;
    private final double[] odds;
    private final double[] logs;
    private final double[] counts;
    private final double[] trial;
    private final double[] gradient;
    private final double[] curvature;

    LogOddsStep(int annotators, int classes, double[] ease, EmSettings settings) {
        this.annotators = annotators;
        this.classes = classes;
        this.ease = ease;
        this.settings = settings;
        int size = annotators * classes * classes;
        odds = new double[size];
        logs = new double[ease.length * size];
        counts = new double[ease.length * size];
        trial = new double[classes];
        gradient = new double[classes];
        curvature = new double[classes];
    }

    /** From expected counts {@code [annotator, label, truth]}. */
    void start(double[] expected) {
        for (int j = 0; j < annotators; j++) {
            for (int k = 0; k < classes; k++) {
                double right = expected[(j * classes + k) * classes + k] + settings.cell(k, k);
                for (int l = 0; l < classes; l++) {
                    double given = expected[(j * classes + l) * classes + k] + settings.cell(k, l);
                    odds[row(j, k) + l] = Math.clamp(Math.log(given / right), -LIMIT, LIMIT);
                }
            }
        }
        tabulate();
    }

    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Adds the log-probability of a label to {@code joint[level*K + truth]}. */
    void addLogProbabilities(int level, int annotator, int label, double[] joint) {
        int cell = cell(level, annotator, label);
        for (int k = 0; k < classes; k++) {
            joint[level * classes + k] += logs[cell + k];
        }
    }

    /** Counts a label under the joint distribution of level and truth. */
    void count(int annotator, int label, double[] joint, double weight) {
        for (int level = 0; level < ease.length; level++) {
            int cell = cell(level, annotator, label);
            for (int k = 0; k < classes; k++) {
                counts[cell + k] += weight * joint[level * classes + k];
            }
        }
    }

    /** Improves the log-odds for the counts. */
    void maximize() {
        for (int j = 0; j < annotators; j++) {
            for (int k = 0; k < classes; k++) {
                double value = value(j, k, odds, row(j, k));
                for (int step = 0; step < STEPS; step++) {
                    double better = step(j, k, value);
                    if (!(better > value)) {
                        break;
                    }
                    value = better;
                }
            }
        }
        tabulate();
    }

    /** Logarithm of the smoothing's prior at the present log-odds. */
    double logSmoothing() {
        double sum = 0;
        for (int j = 0; j < annotators; j++) {
            for (int k = 0; k < classes; k++) {
                double total = logSum(1, odds, row(j, k));
                for (int l = 0; l < classes; l++) {
                    sum += settings.cell(k, l) * (odds[row(j, k) + l] - total);
                }
            }
        }
        return sum;
    }

    /** One step on a row; the row's value after it, which is the old one if no step improves. */
    private double step(int j, int k, double value) {
        int row = row(j, k);
        derive(j, k);
        double scale = 1;
        for (int halving = 0; halving < HALVINGS; halving++, scale /= 2) {
            for (int l = 0; l < classes; l++) {
                double change = l == k || curvature[l] == 0 ? 0 : scale * gradient[l] / curvature[l];
                trial[l] = Math.clamp(odds[row + l] + Math.clamp(change, -2, 2), -LIMIT, LIMIT);
            }
            double now = value(j, k, trial, 0);
            if (now > value) {
                System.arraycopy(trial, 0, odds, row, classes);
                return now;
            }
        }
        return value;
    }

    private void derive(int j, int k) {
        Arrays.fill(gradient, 0);
        Arrays.fill(curvature, 0);
        for (int level = -1; level < ease.length; level++) {
            double beta = level < 0 ? 1 : ease[level];
            double all = total(level, j, k);
            double norm = logSum(beta, odds, row(j, k));
            for (int l = 0; l < classes; l++) {
                double p = Math.exp(beta * odds[row(j, k) + l] - norm);
                gradient[l] += beta * (given(level, j, k, l) - all * p);
                curvature[l] += beta * beta * all * p * (1 - p);
            }
        }
    }

    private double value(int j, int k, double[] from, int row) {
        double sum = 0;
        for (int level = -1; level < ease.length; level++) {
            double beta = level < 0 ? 1 : ease[level];
            sum -= total(level, j, k) * logSum(beta, from, row);
            for (int l = 0; l < classes; l++) {
                sum += given(level, j, k, l) * beta * from[row + l];
            }
        }
        return sum;
    }

    /** Expected count of a label; level -1 is the smoothing. */
    private double given(int level, int j, int k, int l) {
        return level < 0 ? settings.cell(k, l) : counts[cell(level, j, l) + k];
    }

    private double total(int level, int j, int k) {
        double sum = 0;
        for (int l = 0; l < classes; l++) {
            sum += given(level, j, k, l);
        }
        return sum;
    }

    private double logSum(double beta, double[] from, int row) {
        double max = Double.NEGATIVE_INFINITY;
        for (int l = 0; l < classes; l++) {
            max = Math.max(max, beta * from[row + l]);
        }
        double sum = 0;
        for (int l = 0; l < classes; l++) {
            sum += Math.exp(beta * from[row + l] - max);
        }
        return max + Math.log(sum);
    }

    private void tabulate() {
        for (int level = 0; level < ease.length; level++) {
            for (int j = 0; j < annotators; j++) {
                for (int k = 0; k < classes; k++) {
                    double norm = logSum(ease[level], odds, row(j, k));
                    for (int l = 0; l < classes; l++) {
                        logs[cell(level, j, l) + k] = ease[level] * odds[row(j, k) + l] - norm;
                    }
                }
            }
        }
    }

    private int row(int annotator, int truth) {
        return (annotator * classes + truth) * classes;
    }

    private int cell(int level, int annotator, int label) {
        return ((level * annotators + annotator) * classes + label) * classes;
    }
}
