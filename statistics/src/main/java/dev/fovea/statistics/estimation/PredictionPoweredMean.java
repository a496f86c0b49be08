package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * The mean outcome of N predictions from n labels and a guess for each prediction: {@code λ mean_N(f) + mean_n(y - λ
 * f)}. The guesses may be wrong in any way; they only widen the interval. Source: A. Angelopoulos, S. Bates, C.
 * Fannjiang, M. Jordan and T. Zrnic, "Prediction-powered inference", Science 382 (2023) 669–674; the weight λ as in A.
 * Angelopoulos, J. Duchi and T. Zrnic, "PPI++", arXiv 2311.01453. The target is the mean of these N predictions, so
 * that λ is {@code Cov(y,f)/Var(f)} and the variance has the finite population's factor (W. Cochran, Sampling
 * Techniques, 3rd edition 1977, section 7.2). λ lies in [0, 1]: the interval is asymptotically never wider than that of
 * the labels alone. Guesses that take the estimate out of [0, 1] are not used.
 */
public final class PredictionPoweredMean {

    private static final int MIN_TO_TUNE = 10;

    private PredictionPoweredMean() {}

    /**
     * From a simple random sample.
     *
     * @param guesses {@code [N]} for all predictions, labelled or not
     * @param weights {@code [N]}, where the predictions stand for more than themselves
     * @param labelled {@code [n]} indices that were drawn without replacement, in their order; n at least 1
     * @param outcomes {@code [n]} of these
     */
    public static MeanEstimate of(double[] guesses, DesignWeights weights, int[] labelled, double[] outcomes) {
        double[] own = guessesOf(guesses, labelled, outcomes);
        double mean = weights.mean(guesses);
        double found = weight(outcomes, own);
        double estimate = average(outcomes) + found * (mean - average(own));
        double weight = estimate >= 0 && estimate <= 1 ? found : 0;
        double[] terms = new double[own.length];
        Arrays.setAll(terms, i -> weight * mean + outcomes[i] - weight * own[i]);
        double share = Math.min(1, labelled.length / weights.total());
        return MeanEstimate.of(terms, share, weight * weight * weights.meanVariance(guesses));
    }

    /**
     * From draws with replacement, each with a known probability: {@code λ mean_N(f) + mean_T((y - λ f) / (N q))}.
     * Source: M. Hansen and W. Hurwitz, "On the theory of sampling from finite populations", Annals of Mathematical
     * Statistics 14 (1943) 333–362; for models, T. Zrnic and E. Candès, "Active statistical inference", ICML 2024. The
     * terms are independent and unbiased whatever the probabilities, so they also carry a {@link ConfidenceSequence}.
     *
     * @param guesses {@code [N]}
     * @param weights {@code [N]}, where the predictions stand for more than themselves
     * @param probabilities {@code [T]} of each draw: that of its prediction at its time, positive
     * @param drawn {@code [T]} indices in the order of the draws
     * @param outcomes {@code [T]} of these
     */
    public static MeanEstimate ofDraws(
            double[] guesses, DesignWeights weights, double[] probabilities, int[] drawn, double[] outcomes) {
        double[] own = guessesOf(guesses, drawn, outcomes);
        double mean = weights.mean(guesses);
        double predictions = weights.total();
        double[] y = new double[own.length];
        double[] f = new double[own.length];
        for (int t = 0; t < own.length; t++) {
            double q = probabilities[t];
            Require.that(q > 0 && q <= 1, "Prediction %d was drawn with probability %s.", drawn[t], q);
            y[t] = outcomes[t] / (q * predictions);
            f[t] = own[t] / (q * predictions) - mean;
        }
        double found = weight(y, f);
        double estimate = average(y) - found * average(f);
        double weight = estimate >= 0 && estimate <= 1 ? found : 0;
        double[] terms = new double[own.length];
        Arrays.setAll(terms, t -> y[t] - weight * f[t]);
        double value = average(terms);
        double size = DesignWeights.effectiveSize(Arrays.stream(probabilities).map(q -> 1 / q));
        return new MeanEstimate(value, terms, 0, weights.proportionVariance(value), size);
    }

    private static double average(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double[] guessesOf(double[] guesses, int[] labelled, double[] outcomes) {
        Require.that(
                labelled.length > 0 && labelled.length == outcomes.length,
                "%d labelled predictions with %d outcomes.",
                labelled.length,
                outcomes.length);
        return Arrays.stream(labelled).mapToDouble(i -> guesses[i]).toArray();
    }

    /** {@code Cov(y,f)/Var(f)} in [0, 1]; 1 with too few labels to tell, as in the first of the sources. */
    private static double weight(double[] y, double[] f) {
        if (y.length < MIN_TO_TUNE) {
            return 1;
        }
        double meanOfOutcomes = average(y);
        double meanOfGuesses = average(f);
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < y.length; i++) {
            covariance += (y[i] - meanOfOutcomes) * (f[i] - meanOfGuesses);
            variance += (f[i] - meanOfGuesses) * (f[i] - meanOfGuesses);
        }
        return variance > 0 ? Math.clamp(covariance / variance, 0, 1) : 0;
    }
}
