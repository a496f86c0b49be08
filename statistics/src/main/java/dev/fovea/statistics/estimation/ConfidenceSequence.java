package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import dev.fovea.statistics.sequential.AsymptoticSequence;

/**
 * Intervals of a {@link MeanEstimate} that hold at every look: {@link AsymptoticSequence}, whose multiple of the
 * standard error takes the place of the normal quantile in {@link SurveyInterval}. That keeps the interval inside [0,
 * 1], and open when all outcomes are alike.
 *
 * @param tightest the number of terms at which it is tightest, at least 1; chosen before looking
 * @param level probability that all its intervals hold, such as 0.95
 */
public record ConfidenceSequence(int tightest, double level) {

    /** Terms from which on the sequence is stated; the theory is asymptotic. */
    public static final int FIRST = 20;

    public ConfidenceSequence {
        Require.confidenceLevel(level);
        Require.that(tightest > 0, "Tightest at %d terms; it must be at least 1.", tightest);
    }

    /** The interval of an estimate, at any time; [0, 1] before {@link #FIRST} terms. */
    public Interval interval(MeanEstimate estimate) {
        int terms = estimate.terms().length;
        double value = Math.clamp(estimate.value(), 0, 1);
        if (terms < FIRST) {
            return new Interval(value, 0, 1);
        }
        double multiple = AsymptoticSequence.radius(terms, 1 - level, tightest) * Math.sqrt(terms);
        return SurveyInterval.ofMultiple(value, estimate.variance(), terms, multiple);
    }
}
