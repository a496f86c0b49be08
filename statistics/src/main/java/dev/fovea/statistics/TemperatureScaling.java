package dev.fovea.statistics;

import java.util.Arrays;
import org.hipparchus.analysis.solvers.AllowedSolution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * The one number that makes confidence honest without changing an answer: C. Guo, G. Pleiss, Y. Sun and K. Q.
 * Weinberger, "On calibration of modern neural networks", ICML 2017, section 4.2. Logits are divided by a temperature T
 * that minimises the negative log likelihood of the labels, which is convex in {@code b = 1/T}: its derivative
 * {@code mean_i(sum_k p_ik(b) z_ik - t_i · z_i)} rises with b, and its root is bracketed and found.
 *
 * <p>Where every answer is right the likelihood grows without end as T falls to 0. So the targets {@code t_i} are not 1
 * and 0 but {@code (n+1)/(n+2)} for the label, the rest shared by the other classes, which are the targets that J.
 * Platt gives for this reason ("Probabilistic outputs for support vector machines", 1999, section 2.2, with all n
 * images counted together). Their weight is that of one image more; it fades as n grows.
 *
 * @param temperature in [{@value #LEAST}, {@value #MOST}]
 * @param lossBefore mean negative log likelihood of the labels at T = 1, in nats
 * @param lossAfter the same at {@code temperature}
 */
public record TemperatureScaling(double temperature, double lossBefore, double lossAfter) {

    /** The lowest temperature that is fitted. */
    public static final double LEAST = 0.05;

    /** The highest temperature that is fitted. */
    public static final double MOST = 20;

    private static final double ACCURACY = 1e-12;
    private static final int MOST_EVALUATIONS = 200;

    /**
     * Fits a temperature.
     *
     * @param logits {@code [n][K]}, finite; n and K at least 1
     * @param labels {@code [n]}, in [0, K)
     * @return with temperature 1 where the logits say nothing about it: K = 1, or all equal within each image
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
        double least = 1 / MOST;
        double most = 1 / LEAST;
        if (slope(logits, labels, least) >= 0) {
            return least;
        }
        if (slope(logits, labels, most) <= 0) {
            return most;
        }
        return new BracketingNthOrderBrentSolver(ACCURACY, 5)
                .solve(MOST_EVALUATIONS, b -> slope(logits, labels, b), least, most, AllowedSolution.ANY_SIDE);
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
                // The label's logit is the origin: differences are what counts, and they cancel less.
                sum += (p[k] - target) * (z[k] - z[labels[i]]);
            }
        }
        return sum / logits.length;
    }

    private static void check(double[][] logits, int[] labels) {
        Require.that(logits.length > 0, "There are no images to fit a temperature to; give at least one.");
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
