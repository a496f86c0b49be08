package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Sequential test for a fall of a moving window's mean below that of a reference sample. The threshold is Student's t
 * at a level divided by the number of looks (Bonferroni). Source: O. J. Dunn, "Multiple comparisons among means",
 * Journal of the American Statistical Association 56 (1961) 52–64. By Boole's inequality, the probability of any false
 * alarm is at most the declared one, even though looks share the reference and overlap.
 *
 * <p>The larger of both standard deviations is used for both samples. Confidences are skewed to the left: a sample
 * without the rare low values has a deviation that is too small. The observations are assumed independent.
 *
 * @param critical value, in standard errors
 */
public record FallTest(double critical) {

    /**
     * The test for a declared false-alarm rate.
     *
     * @param falseAlarms maximum probability of a false alarm over all looks, in (0, 1)
     * @param looks number of looks, at least 1
     * @param reference number of observations of the reference, at least 2
     * @param window number of observations of the window, at least 2
     */
    public static FallTest of(double falseAlarms, long looks, long reference, long window) {
        Require.that(
                falseAlarms > 0 && falseAlarms < 1,
                "The false-alarm rate is %s; it must lie between 0 and 1.",
                falseAlarms);
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

    /** Critical difference of the means, in the unit of the observations; each sample has at least two. */
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
