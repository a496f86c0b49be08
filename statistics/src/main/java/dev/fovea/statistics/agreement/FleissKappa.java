package dev.fovea.statistics.agreement;

import dev.fovea.statistics.agreement.Agreement.Coefficient;
import dev.fovea.statistics.agreement.Agreement.Reason;
import dev.fovea.statistics.agreement.Agreement.Undefined;

/**
 * Agreement of several annotators beyond chance: J. L. Fleiss, "Measuring nominal scale agreement among many raters",
 * Psychological Bulletin 76 (1971) 378–382. Chance is the product of the class shares of all annotators together.
 *
 * <p>Fleiss assumes the same number of labels on each item. With gaps, each item with two labels or more counts once,
 * with the mean over its pairs and its own class shares: K. L. Gwet, Handbook of Inter-Rater Reliability, 4th edition,
 * 2014, chapter 2. Items with fewer labels are left out. Pure.
 */
public final class FleissKappa {

    private FleissKappa() {}

    /** Kappa with the default bootstrap. */
    public static Agreement of(Ratings ratings) {
        return of(ratings, Bootstrap.DEFAULT);
    }

    /** Kappa of all annotators. */
    public static Agreement of(Ratings ratings, Bootstrap bootstrap) {
        LabelCounts counts = new LabelCounts(ratings);
        if (counts.count() == 0) {
            return LabelCounts.nothing(ratings);
        }
        double[] pairs = new double[counts.count()];
        for (int group = 0; group < pairs.length; group++) {
            pairs[group] = agreeingPairs(counts.labels(group));
        }
        double observed = observed(pairs, counts.sizes());
        double expected = expected(counts, ratings.classes(), counts.sizes());
        if (expected > 1 - 1e-12) {
            return new Undefined(Reason.ONE_CLASS);
        }
        double kappa = (observed - expected) / (1 - expected);
        return new Coefficient(
                bootstrap.interval(kappa, counts.groups(), counts.count(), sample -> {
                    double chance = expected(counts, ratings.classes(), sample);
                    return (observed(pairs, sample) - chance) / (1 - chance);
                }),
                observed,
                expected,
                counts.groups().length);
    }

    private static double agreeingPairs(int[] labels) {
        int agreeing = 0;
        for (int one = 0; one < labels.length; one++) {
            for (int other = one + 1; other < labels.length && labels[other] == labels[one]; other++) {
                agreeing++;
            }
        }
        return 2.0 * agreeing / ((double) labels.length * (labels.length - 1));
    }

    private static double observed(double[] pairs, int[] weights) {
        double sum = 0;
        long items = 0;
        for (int group = 0; group < pairs.length; group++) {
            sum += weights[group] * pairs[group];
            items += weights[group];
        }
        return sum / items;
    }

    private static double expected(LabelCounts counts, int classes, int[] weights) {
        double[] shares = new double[classes];
        long items = 0;
        for (int group = 0; group < weights.length; group++) {
            int[] labels = counts.labels(group);
            for (int label : labels) {
                shares[label] += (double) weights[group] / labels.length;
            }
            items += weights[group];
        }
        double chance = 0;
        for (double share : shares) {
            chance += share * share;
        }
        return chance / ((double) items * items);
    }
}
