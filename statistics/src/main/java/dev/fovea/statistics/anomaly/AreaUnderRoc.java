package dev.fovea.statistics.anomaly;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The area under the receiver operating characteristic curve: the probability that a positive scores above a negative,
 * ties counting half. It is U / (m n) of H. B. Mann and D. R. Whitney (1947). The interval is method 5 of R. G.
 * Newcombe, "Confidence intervals for an effect size measure based on the Mann–Whitney statistic. Part 2", Statistics
 * in Medicine 25 (2006) 559–573: a score-type interval that keeps a width where every positive is above every negative.
 */
public final class AreaUnderRoc {

    private static final double QUANTILE = new NormalDistribution().inverseCumulativeProbability(0.975);
    private static final int BISECTIONS = 60;

    private AreaUnderRoc() {}

    /**
     * The area with its 95 % interval.
     *
     * @param negatives scores of the negatives, one or more
     * @param positives scores of the positives, one or more
     */
    public static Interval of(double[] negatives, double[] positives) {
        double area = area(negatives, positives);
        int m = positives.length;
        int n = negatives.length;
        return Interval.within(area, bound(area, 0, m, n), bound(area, 1, m, n), 0, 1);
    }

    /** The area alone. */
    public static double area(double[] negatives, double[] positives) {
        Require.that(
                negatives.length > 0 && positives.length > 0,
                "An area under the curve of %d negatives and %d positives; both are needed.",
                negatives.length,
                positives.length);
        double[] low = negatives.clone();
        double[] high = positives.clone();
        Arrays.sort(low);
        Arrays.sort(high);
        double above = 0;
        int below = 0;
        int atMost = 0;
        for (double score : high) {
            Require.that(!Double.isNaN(score), "A score is no number.");
            while (below < low.length && low[below] < score) {
                below++;
            }
            while (atMost < low.length && low[atMost] <= score) {
                atMost++;
            }
            above += (below + atMost) / 2.0;
        }
        return above / ((double) low.length * high.length);
    }

    /** Where the area is as far from {@code value} as its standard error there allows, between it and an end. */
    private static double bound(double area, double end, int m, int n) {
        double inside = area;
        double outside = end;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (inside + outside) / 2;
            boolean within = Math.abs(area - middle) <= QUANTILE * Math.sqrt(variance(middle, m, n));
            inside = within ? middle : inside;
            outside = within ? outside : middle;
        }
        return inside;
    }

    private static double variance(double area, int m, int n) {
        double common = (m + n) / 2.0 - 1;
        double spread = 1 + common * ((1 - area) / (2 - area) + area / (1 + area));
        return area * (1 - area) * spread / ((double) m * n);
    }
}
