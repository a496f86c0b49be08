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

    /** Terms that the expected variance counts as. */
    private static final int EXPECTED_COUNTS = 30;

    /**
     * The interval of an estimate, at any time; [0, 1] before {@link #FIRST} terms. Where few outcomes are wrong, the
     * first terms show too little variance; the expected one fills in, and never makes it smaller.
     *
     * @param expected variance of one term, such as of {@link LabelledSample#expectedVariance}; 0 for none
     */
    public Interval interval(MeanEstimate estimate, double expected) {
        int terms = estimate.terms().length;
        double value = Math.clamp(estimate.value(), 0, 1);
        if (terms < FIRST) {
            return new Interval(value, 0, 1);
        }
        double multiple = AsymptoticSequence.radius(terms, 1 - level, tightest) * Math.sqrt(terms);
        double found = estimate.termVariance();
        double mixed = (found * terms + expected * EXPECTED_COUNTS) / (terms + EXPECTED_COUNTS);
        double variance = (1 - estimate.sampledShare()) * Math.max(found, mixed) / terms + estimate.noise();
        return SurveyInterval.ofMultiple(value, variance, estimate.effectiveSize(), multiple);
    }
}
