package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Whether the mean of a moving window lies below that of a reference sample, at one of many looks. The threshold is
 * Student's t at a level that is divided by the number of looks: O. J. Dunn, "Multiple comparisons among means",
 * Journal of the American Statistical Association 56 (1961) 52–64. By Boole's inequality the chance of any false alarm
 * is then at most the declared one, however much the looks depend on each other, through windows that overlap and
 * through the reference that they share.
 *
 * <p>The larger of both samples' standard deviations stands for both. Confidences are skewed to the left: a sample that
 * lacks the rare low ones has a mean that is too high and a deviation that is too small, and one that holds many of
 * them has a large deviation. The observations are taken to be independent.
 *
 * @param critical how many standard errors are beyond chance
 */
public record FallTest(double critical) {

    /**
     * The test for a declared chance of a false alarm.
     *
     * @param falseAlarms the greatest chance that any of the looks is a false alarm, in (0, 1)
     * @param looks how many looks are taken, at least 1
     * @param reference number of observations of the reference, at least 2
     * @param window number of observations of the window, at least 2
     */
    public static FallTest of(double falseAlarms, long looks, long reference, long window) {
        Require.that(falseAlarms > 0 && falseAlarms < 1, "A chance of %s is not between 0 and 1.", falseAlarms);
        Require.that(looks >= 1, "%d looks; there must be at least one.", looks);
        Require.that(
                Math.min(reference, window) >= 2,
                "Samples of %d and %d; each needs two observations.",
                reference,
                window);
        // the smaller sample's degrees of freedom are the cautious choice of Welch's
        TDistribution student = new TDistribution(Math.min(reference, window) - 1);
        return new FallTest(-student.inverseCumulativeProbability(falseAlarms / looks));
    }

    /** How far the window's mean may lie below the reference's by chance, in their unit; two observations each. */
    public double margin(RunningMean reference, RunningMean window) {
        double variance = Math.max(variance(reference), variance(window));
        return critical * Math.sqrt(variance * (1.0 / reference.count() + 1.0 / window.count()));
    }

    private static double variance(RunningMean sample) {
        return sample.variance()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a sample of %d observations has no variance".formatted(sample.count())));
    }
}
