package dev.fovea.statistics.estimation;

import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Mean outcomes of live predictions without their labels, where the mix of classes changed and the images of each class
 * did not. The guess of an outcome is given a correction {@code a's(x)}, with s(x) the probabilities of the classes,
 * that makes it right on average within each true class of the reference. Then its live mean is right under any mix of
 * classes. The classes' ratios {@code v = P_live(y)/P_reference(y)} solve {@code C v = mean_live s} with {@code C_jy =
 * mean_reference s_j 1(y)}, and carry the variance: {@code mean_reference (v (z - guess))² / n + mean_reference v (z -
 * guess)² / N}. Source: Z. Lipton, Y. Wang and A. Smola, "Detecting and correcting for label shift with black box
 * predictors", ICML 2018; with soft predictions as S. Garg, Y. Wu, S. Balakrishnan and Z. Lipton, NeurIPS 2020.
 * Immutable.
 */
public final class LabelShift {

    /** The fewest reference images of a class that has a ratio of its own; the others have one together. */
    public static final int MIN_IMAGES = 10;

    private static final double SINGULAR = 1e-4;

    private final ClassGroups groups;
    private final int[] truth;
    private final double[][] reference;
    private final double[] live;
    private final double total;
    private final RealMatrix inverse;
    private final double[] ratios;

    private LabelShift(
            ClassGroups groups, int[] truth, double[][] reference, double[] live, double total, RealMatrix inverse) {
        this.groups = groups;
        this.truth = truth;
        this.reference = reference;
        this.live = live;
        this.total = total;
        this.inverse = inverse;
        this.ratios = inverse.operate(live);
    }

    /**
     * The ratios.
     *
     * @param predictions live ones
     * @param design of these
     * @param own {@code [N][r]} the probabilities of these
     * @return empty where fewer than two classes have enough reference images, or the model does not tell them apart
     */
    static Optional<LabelShift> of(
            ClassGuesses guesses, ClassPredictions predictions, DesignWeights design, double[][] own) {
        int[] truth = guesses.truth();
        Optional<ClassGroups> found = ClassGroups.of(truth, guesses.reference().classes(), MIN_IMAGES);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ClassGroups groups = found.get();
        int n = truth.length;
        double[][] reference = groups.shares(guesses.reference(), guesses.outOfFold());
        RealMatrix confusion = MatrixUtils.createRealMatrix(groups.count(), groups.count());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < groups.count(); j++) {
                confusion.addToEntry(j, groups.of(truth[i]), reference[i][j] / n);
            }
        }
        double[][] shares = groups.shares(predictions, own);
        double[] live = new double[groups.count()];
        for (int i = 0; i < shares.length; i++) {
            for (int j = 0; j < live.length; j++) {
                live[j] += design.of(i) * shares[i][j];
            }
        }
        double total = design.total();
        Arrays.setAll(live, j -> live[j] / total);
        LUDecomposition solved = new LUDecomposition(confusion, SINGULAR / groups.count());
        return solved.getSolver().isNonSingular()
                ? Optional.of(new LabelShift(
                        groups,
                        truth,
                        reference,
                        live,
                        total,
                        solved.getSolver().getInverse()))
                : Optional.empty();
    }

    /** Weights of the reference's images that give them the live mix of classes, {@code [n]} of mean 1. */
    public double[] weights() {
        double[] weights = Arrays.stream(truth)
                .mapToDouble(label -> Math.max(0, ratios[groups.of(label)]))
                .toArray();
        double mean = Arrays.stream(weights).average().orElseThrow();
        Arrays.setAll(weights, i -> weights[i] / mean);
        return weights;
    }

    /** How much more often the class of a label occurs than in the reference; 0 or below for one that does not. */
    public double ratio(int label) {
        return ratios[groups.of(label)];
    }

    /**
     * The mean outcome.
     *
     * @param guess mean guess for live predictions
     * @param guesses {@code [n]} for the reference's, out of fold
     * @param outcomes {@code [n]} of the reference
     */
    MeanEstimate mean(double guess, double[] guesses, double[] outcomes) {
        int n = truth.length;
        double[] errors = new double[groups.count()];
        for (int i = 0; i < n; i++) {
            errors[groups.of(truth[i])] += (outcomes[i] - guesses[i]) / n;
        }
        double[] correction = inverse.preMultiply(errors);
        double value = guess + dot(correction, live);
        // the correction was found from these residuals
        double scale = Math.sqrt((double) n / Math.max(1, n - groups.count()));
        double[] terms = new double[n];
        double noise = 0;
        for (int i = 0; i < n; i++) {
            double ratio = ratios[groups.of(truth[i])];
            double residual = scale * (outcomes[i] - guesses[i] - dot(correction, reference[i]));
            terms[i] = value + ratio * residual;
            noise += Math.max(0, ratio) * residual * residual / n;
        }
        return new MeanEstimate(value, terms, 0, noise / total, n);
    }

    private static double dot(double[] first, double[] second) {
        double sum = 0;
        for (int j = 0; j < first.length; j++) {
            sum += first[j] * second[j];
        }
        return sum;
    }
}
