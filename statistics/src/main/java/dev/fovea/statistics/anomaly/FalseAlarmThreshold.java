package dev.fovea.statistics.anomaly;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.BetaDistribution;

/**
 * A threshold of anomaly scores with a stated false-alarm rate, from scores of good images that the model did not learn
 * from. A new good image, exchangeable with them, scores above the k-th largest of n scores with probability {@code k /
 * (n + 1)}, whatever the scores' distribution (V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random
 * World" (2005), section 4.2, split conformal prediction). Given these n images, the rate of the threshold has the
 * distribution Beta(k, n + 1 - k) (V. Vovk, "Conditional validity of inductive conformal predictors", ACML (2012),
 * section 3), which gives its interval.
 *
 * @param threshold scores above it are alarms
 * @param images n
 * @param rate the expected false-alarm rate with its 95 % interval, each from 0 to 1
 */
public record FalseAlarmThreshold(double threshold, int images, Interval rate) {

    private static final double TAIL = 0.025;

    /** Rounding of a rate such as 0.05 must not cost an image. */
    private static final double ROUNDING = 1e-9;

    /**
     * The lowest threshold whose expected false-alarm rate is at most the stated one.
     *
     * @param scores of good images, in any order
     * @param stated the rate, above 0 and below 1, for which there are {@link #needed} scores or more
     */
    public static FalseAlarmThreshold of(double[] scores, double stated) {
        int needed = needed(stated);
        Require.that(
                scores.length >= needed,
                "A false-alarm rate of %s needs %d scores of good images; there are %d.",
                stated,
                needed,
                scores.length);
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        Require.that(
                Double.isFinite(sorted[0]) && Double.isFinite(sorted[n - 1]), "A score of a good image is no number.");
        int above = (int) Math.floor(stated * (n + 1) + ROUNDING);
        BetaDistribution rate = new BetaDistribution(above, n + 1.0 - above);
        return new FalseAlarmThreshold(
                sorted[n - above],
                n,
                Interval.within(
                        (double) above / (n + 1),
                        rate.inverseCumulativeProbability(TAIL),
                        rate.inverseCumulativeProbability(1 - TAIL),
                        0,
                        1));
    }

    /** How many scores a rate needs: below, even the largest score is exceeded more often. */
    public static int needed(double stated) {
        Require.that(stated > 0 && stated < 1, "A false-alarm rate of %s; it must be above 0 and below 1.", stated);
        return (int) Math.max(1, Math.ceil(1 / stated - 1 - ROUNDING));
    }
}
