package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;

/**
 * Intervals that hold at every look: asymptotic confidence sequences. Source: I. Waudby-Smith, D. Arbour, R. Sinha, E.
 * Kennedy and A. Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", Annals of Statistics
 * 52 (2024) 2613–2640, theorem 2.2: {@code ± s sqrt((t r² + 1)/(t² r²) ln((t r² + 1)/α²))} with r from equation 22,
 * which makes the interval tightest at a stated number of terms. The multiple of the standard error takes the place of
 * the normal quantile in {@link SurveyInterval}, which keeps the interval inside [0, 1] and open when all outcomes are
 * alike.
 */
public final class ConfidenceSequence {

    /** Terms from which on the sequence is stated; the theory is asymptotic. */
    public static final int FIRST = 20;

    private final double squaredScale;
    private final double error;

    private ConfidenceSequence(double squaredScale, double error) {
        this.squaredScale = squaredScale;
        this.error = error;
    }

    /**
     * A sequence.
     *
     * @param tightest the number of terms at which it is tightest, at least 1
     * @param level probability that all its intervals hold, such as 0.95
     */
    public static ConfidenceSequence of(int tightest, double level) {
        Require.confidenceLevel(level);
        Require.that(tightest > 0, "Tightest at %d terms; it must be at least 1.", tightest);
        double error = 1 - level;
        double twice = -2 * Math.log(error);
        return new ConfidenceSequence((twice + Math.log(twice) + 1) / tightest, error);
    }

    /** How many standard errors wide the interval is on each side after so many terms. */
    public double multiple(int terms) {
        double scaled = terms * squaredScale + 1;
        return Math.sqrt(scaled / (terms * squaredScale) * Math.log(scaled / (error * error)));
    }

    /** The interval of an estimate, at any time; [0, 1] before {@link #FIRST} terms. */
    public Interval interval(MeanEstimate estimate) {
        int terms = estimate.terms().length;
        if (terms < FIRST) {
            return Interval.within(Math.clamp(estimate.value(), 0, 1), 0, 1, 0, 1);
        }
        return SurveyInterval.ofMultiple(estimate.value(), estimate.variance(), terms, multiple(terms));
    }
}
