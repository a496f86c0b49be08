package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * An estimated mean of 0/1 outcomes over the predictions of some time, as the mean of independent terms: {@code Var =
 * (1 - f) s²/n + v}. The target is the share of exactly those predictions, not of a population behind them.
 *
 * @param value the estimate: the mean of the terms
 * @param terms {@code [n]}, in the order in which they became known; n at least 1
 * @param sampledShare f, the share of the predictions that the terms are a sample of without replacement; 0 otherwise
 * @param noise v, variance that the terms do not show, such as of outcomes of which only probabilities are known
 * @param size how many labels of equal weight bear on the value, positive: of a ratio those of its denominator
 */
public record MeanEstimate(double value, double[] terms, double sampledShare, double noise, double size) {

    public MeanEstimate {
        Require.that(terms.length > 0, "No terms; a mean needs at least one.");
        Require.that(sampledShare >= 0 && sampledShare <= 1, "A share of %s; it lies in 0 to 1.", sampledShare);
        Require.that(noise >= 0 && Double.isFinite(noise), "A variance of %s; it must not be negative.", noise);
        Require.that(size > 0, "%s labels; there must be some.", size);
    }

    /** The mean of terms. */
    static MeanEstimate of(double[] terms, double sampledShare, double noise) {
        return new MeanEstimate(Arrays.stream(terms).average().orElseThrow(), terms, sampledShare, noise, terms.length);
    }

    /** With another variance that the terms do not show. */
    MeanEstimate with(double otherNoise) {
        return new MeanEstimate(value, terms, sampledShare, otherNoise, size);
    }

    /** The estimate's variance. */
    public double variance() {
        return (1 - sampledShare) * termVariance() / terms.length + noise;
    }

    /** The sample variance of the terms; 0 of one. */
    public double termVariance() {
        double squares = 0;
        for (double term : terms) {
            squares += (term - value) * (term - value);
        }
        return terms.length == 1 ? 0 : squares / (terms.length - 1);
    }

    /** The 95 % interval. */
    public Interval interval() {
        return interval(Interval.DEFAULT_LEVEL);
    }

    /** The interval at a level such as 0.95. */
    public Interval interval(double level) {
        return isExact() ? exact() : SurveyInterval.of(value, variance(), effectiveSize(), level);
    }

    /** Whether all predictions have labels. */
    boolean isExact() {
        return sampledShare == 1 && noise == 0;
    }

    /** {@link #size}, divided by the share of the predictions that has no labels. */
    double effectiveSize() {
        return sampledShare < 1 ? size / (1 - sampledShare) : size;
    }

    private Interval exact() {
        double p = Math.clamp(value, 0, 1);
        return new Interval(p, p, p);
    }

    /**
     * This mean over another of the same rows, such as recall: right predictions of a class over images of the class.
     * By linearization: {@code terms = R + (a - R b) / mean(b)} (C.-E. Särndal, B. Swensson and J. Wretman, Model
     * Assisted Survey Sampling, 1992, section 5.6).
     *
     * @param ratioSize how many labels of equal weight the denominator has
     * @param ratioNoise the variance of {@code a - R b} that the terms do not show, before it is divided by the squared
     *     mean of b, as a function of R
     */
    public MeanEstimate over(MeanEstimate denominator, double ratioSize, DoubleUnaryOperator ratioNoise) {
        Require.that(
                denominator.value > 0, "The denominator is estimated as %s; there is no ratio.", denominator.value);
        double ratio = value / denominator.value;
        double[] ratios = new double[terms.length];
        Arrays.setAll(ratios, i -> ratio + (terms[i] - ratio * denominator.terms[i]) / denominator.value);
        double noise = ratioNoise.applyAsDouble(ratio) / (denominator.value * denominator.value);
        return new MeanEstimate(ratio, ratios, sampledShare, noise, ratioSize);
    }
}
