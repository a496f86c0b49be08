package dev.fovea.statistics.linear;

import java.util.Arrays;

/**
 * Mean multinomial log loss with an L2 penalty, and its gradient: {@code sum_i sum_k t_ik (ln sum_j exp z_ij − z_ik) /
 * T + |W|² / (2 C T)} with {@code z_i = W x_i + b} and T the sum of the targets. Parameters are {@code [K*D]} weights
 * by class, then {@code [K]} intercepts, which are not penalized. The focal loss has the factor {@code (1 − p_ik)^γ} at
 * each logarithm; it is not convex.
 *
 * <p>Features are kept twice: by row for the gradient and by feature in blocks of rows for the logits, so that both are
 * sums of scaled arrays, which the compiler turns into vector instructions. One thread at a time.
 */
final class LogisticLoss implements Lbfgs.Objective {

    private static final int BLOCK = 128;

    private final int rows;
    private final int columns;
    private final int classes;
    private final ClassTargets targets;
    private final double total;
    private final double penalty;
    private final double focus;
    private final float[] byRow;
    private final float[] byFeature;
    private final double[] residuals;

    /** The loss of standardized features at the C and focus of the settings. */
    LogisticLoss(
            FeatureMatrix features, Standardization standardization, ClassTargets targets, LogisticSettings settings) {
        this.rows = features.rows();
        this.columns = features.columns();
        this.classes = targets.classes();
        this.targets = targets;
        this.total = targets.total();
        this.penalty = 1 / (settings.c() * total);
        this.focus = settings.focus();
        int padded = (rows + BLOCK - 1) / BLOCK * BLOCK;
        this.byRow = new float[Math.multiplyExact(padded, columns)];
        this.byFeature = new float[byRow.length];
        this.residuals = new double[classes * BLOCK];
        layOut(features.values(), standardization);
    }

    /**
     * The same features and targets with another strength of the penalty; they share memory, so one thread uses both.
     */
    LogisticLoss(LogisticLoss other, double c) {
        this.rows = other.rows;
        this.columns = other.columns;
        this.classes = other.classes;
        this.targets = other.targets;
        this.total = other.total;
        this.penalty = 1 / (c * total);
        this.focus = other.focus;
        this.byRow = other.byRow;
        this.byFeature = other.byFeature;
        this.residuals = other.residuals;
    }

    /** P: the number of parameters. */
    int parameters() {
        return classes * (columns + 1);
    }

    private void layOut(float[] values, Standardization by) {
        for (int row = 0; row < rows; row++) {
            int block = row / BLOCK * BLOCK * columns + row % BLOCK;
            for (int d = 0; d < columns; d++) {
                float value = (float) ((values[row * columns + d] - by.mean[d]) * by.scale[d]);
                byRow[row * columns + d] = value;
                byFeature[block + d * BLOCK] = value;
            }
        }
    }

    @Override
    public double value(double[] point, double[] gradient) {
        Arrays.fill(gradient, 0);
        double loss = 0;
        for (int start = 0; start < rows; start += BLOCK) {
            logits(start, point);
            loss += residuals(start);
            addGradient(start, gradient);
        }
        double squares = 0;
        for (int i = 0; i < classes * columns; i++) {
            squares += point[i] * point[i];
            gradient[i] = gradient[i] / total + penalty * point[i];
        }
        for (int k = classes * columns; k < gradient.length; k++) {
            gradient[k] /= total;
        }
        return loss / total + penalty / 2 * squares;
    }

    private void logits(int start, double[] point) {
        for (int k = 0; k < classes; k++) {
            Arrays.fill(residuals, k * BLOCK, (k + 1) * BLOCK, point[classes * columns + k]);
        }
        int d = 0;
        for (; d + 3 < columns; d += 4) {
            int x = start * columns + d * BLOCK;
            for (int k = 0; k < classes; k++) {
                int w = k * columns + d;
                addFour(residuals, k * BLOCK, byFeature, x, BLOCK, point[w], point[w + 1], point[w + 2], point[w + 3]);
            }
        }
        for (; d < columns; d++) {
            for (int k = 0; k < classes; k++) {
                int x = start * columns + d * BLOCK;
                double w = point[k * columns + d];
                for (int i = 0; i < BLOCK; i++) {
                    residuals[k * BLOCK + i] += w * byFeature[x + i];
                }
            }
        }
    }

    /** Turns logits into the loss's derivatives by them; the loss of the block's rows. */
    private double residuals(int start) {
        double loss = 0;
        for (int i = 0; i < BLOCK; i++) {
            if (start + i >= rows) {
                for (int k = 0; k < classes; k++) {
                    residuals[k * BLOCK + i] = 0;
                }
                continue;
            }
            double max = residuals[i];
            for (int k = 1; k < classes; k++) {
                max = Math.max(max, residuals[k * BLOCK + i]);
            }
            double sum = 0;
            double fit = 0;
            double weight = 0;
            for (int k = 0; k < classes; k++) {
                double logit = residuals[k * BLOCK + i] - max;
                double target = targets.weight(start + i, k);
                weight += target;
                fit += target * logit;
                residuals[k * BLOCK + i] = Math.exp(logit);
                sum += residuals[k * BLOCK + i];
            }
            if (focus > 0) {
                loss += focal(start, i, sum);
                continue;
            }
            loss += weight * Math.log(sum) - fit;
            for (int k = 0; k < classes; k++) {
                residuals[k * BLOCK + i] = weight * residuals[k * BLOCK + i] / sum - targets.weight(start + i, k);
            }
        }
        return loss;
    }

    /**
     * One row of the focal loss; its exponentials of logits are divided by their sum and become derivatives. With
     * {@code g_k = t_k ((1 − p_k)^γ − γ (1 − p_k)^(γ−1) p_k ln p_k)}, the derivative by z_j is {@code p_j Σ_k g_k −
     * g_j}.
     */
    private double focal(int start, int i, double sum) {
        double loss = 0;
        double total = 0;
        double[] slopes = new double[classes];
        for (int k = 0; k < classes; k++) {
            double p = residuals[k * BLOCK + i] / sum;
            double target = targets.weight(start + i, k);
            double logarithm = Math.log(Math.max(p, Double.MIN_NORMAL));
            double rest = Math.max(0, 1 - p);
            double factor = Math.pow(rest, focus);
            loss -= target * factor * logarithm;
            // where p is 1 the second term is 0 for any γ, as its logarithm is
            slopes[k] = target * (factor - (rest > 0 ? focus * factor / rest * p * logarithm : 0));
            total += slopes[k];
        }
        for (int k = 0; k < classes; k++) {
            residuals[k * BLOCK + i] = residuals[k * BLOCK + i] / sum * total - slopes[k];
        }
        return loss;
    }

    private void addGradient(int start, double[] gradient) {
        for (int i = 0; i < BLOCK && start + i < rows; i += 4) {
            for (int k = 0; k < classes; k++) {
                int r = k * BLOCK + i;
                addFour(
                        gradient,
                        k * columns,
                        byRow,
                        (start + i) * columns,
                        columns,
                        residuals[r],
                        residuals[r + 1],
                        residuals[r + 2],
                        residuals[r + 3]);
                gradient[classes * columns + k] +=
                        residuals[r] + residuals[r + 1] + residuals[r + 2] + residuals[r + 3];
            }
        }
    }

    /** {@code y[j] += a x[j] + b x[n+j] + c x[2n+j] + d x[3n+j]} for j below n, from offsets. */
    private static void addFour(
            double[] y, int to, float[] x, int from, int n, double a, double b, double c, double d) {
        int second = from + n;
        int third = second + n;
        int fourth = third + n;
        for (int j = 0; j < n; j++) {
            y[to + j] += a * x[from + j] + b * x[second + j] + c * x[third + j] + d * x[fourth + j];
        }
    }
}
