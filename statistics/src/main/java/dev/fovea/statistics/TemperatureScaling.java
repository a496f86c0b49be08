package dev.fovea.statistics;

import java.util.Arrays;
import org.hipparchus.analysis.solvers.AllowedSolution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * Temperature scaling: one parameter that calibrates confidence without changing a prediction. Source: C. Guo, G.
 * Pleiss, Y. Sun and K. Q. Weinberger, "On calibration of modern neural networks", ICML 2017, section 4.2. Logits are
 * divided by a temperature T that minimises the negative log likelihood of the labels. The likelihood is convex in
 * {@code b = 1/T}. Its derivative {@code mean_i(sum_k p_ik(b) z_ik - t_i · z_i)} rises with b, so that its root can be
 * bracketed.
 *
 * <p>When every prediction is correct, the likelihood grows without bound as T falls to 0. The targets {@code t_i} are
 * therefore {@code (n+1)/(n+2)} for the label, with the rest shared by the other classes. Source: J. Platt
 * ("Probabilistic outputs for support vector machines", 1999, section 2.2, with all n images counted together). The
 * smoothing weighs as much as one extra image.
 *
 * @param temperature in [{@value #MIN}, {@value #MAX}]
 * @param lossBefore mean negative log likelihood of the labels at T = 1, in nats
 * @param lossAfter the same at {@code temperature}
 */
public record TemperatureScaling(double temperature, double lossBefore, double lossAfter) {

    /** The lowest temperature that is fitted. */
    public static final double MIN = 0.05;

    /** The highest temperature that is fitted. */
    public static final double MAX = 20;

    private static final double ACCURACY = 1e-12;
    private static final int MAX_EVALUATIONS = 200;

    /**
     * Fits a temperature.
     *
     * @param logits {@code [n][K]}, finite; n and K at least 1
     * @param labels {@code [n]}, in [0, K)
     * @return temperature 1 for uninformative logits: K = 1, or all equal within each image
     */
    public static TemperatureScaling fit(double[][] logits, int[] labels) {
        check(logits, labels);
        double temperature = 1 / inverseTemperature(logits, labels);
        return new TemperatureScaling(temperature, loss(logits, labels, 1), loss(logits, labels, temperature));
    }

    /** Mean negative log likelihood of the labels at a temperature, in nats. */
    public static double loss(double[][] logits, int[] labels, double temperature) {
        check(logits, labels);
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += Softmax.logSumExp(logits[i], 1 / temperature) - logits[i][labels[i]] / temperature;
        }
        return sum / logits.length;
    }

    private static double inverseTemperature(double[][] logits, int[] labels) {
        if (Arrays.stream(logits).allMatch(row -> Arrays.stream(row).distinct().count() == 1)) {
            return 1;
        }
        double min = 1 / MAX;
        double max = 1 / MIN;
        if (slope(logits, labels, min) >= 0) {
            return min;
        }
        if (slope(logits, labels, max) <= 0) {
            return max;
        }
        return new BracketingNthOrderBrentSolver(ACCURACY, 5)
                .solve(MAX_EVALUATIONS, b -> slope(logits, labels, b), min, max, AllowedSolution.ANY_SIDE);
    }

    /** The derivative of the loss by the inverse temperature. */
    private static double slope(double[][] logits, int[] labels, double inverse) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double[] z = logits[i];
            double[] p = Softmax.of(z, 1 / inverse);
            double other = z.length == 1 ? 0 : 1.0 / (logits.length + 2) / (z.length - 1);
            double label = 1 - other * (z.length - 1);
            for (int k = 0; k < z.length; k++) {
                double target = k == labels[i] ? label : other;
                // Subtracting the label's logit reduces cancellation.
                sum += (p[k] - target) * (z[k] - z[labels[i]]);
            }
        }
        return sum / logits.length;
    }

    private static void check(double[][] logits, int[] labels) {
        Require.that(logits.length > 0, "No images; temperature scaling needs at least one.");
        Require.that(logits.length == labels.length, "%d rows of logits but %d labels.", logits.length, labels.length);
        for (int i = 0; i < logits.length; i++) {
            Require.that(
                    logits[i].length == logits[0].length,
                    "Image %d has %d logits, the first has %d.",
                    i,
                    logits[i].length,
                    logits[0].length);
            Require.that(
                    labels[i] >= 0 && labels[i] < logits[i].length,
                    "Image %d has label %d; classes are 0 to %d.",
                    i,
                    labels[i],
                    logits[i].length - 1);
        }
    }
}
