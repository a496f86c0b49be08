package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.agreement.Agreement.Coefficient;
import dev.fovea.statistics.agreement.Agreement.Reason;
import dev.fovea.statistics.agreement.Agreement.Undefined;

/**
 * Reliability of labels with gaps, any number of annotators and any distance: K. Krippendorff, "Computing
 * Krippendorff's alpha-reliability", University of Pennsylvania, 2011. {@code alpha = 1 - Do / De}, where Do is the
 * mean distance of labels within items, and De that of all labels irrespective of items. Items with fewer than two
 * labels are left out. For values that are no classes see {@link ValueAlpha}. Pure.
 */
public final class KrippendorffAlpha {

    private KrippendorffAlpha() {}

    /** Nominal alpha with the default bootstrap. */
    public static Agreement nominal(Ratings ratings) {
        return of(ratings, LabelDistance.NOMINAL, Bootstrap.DEFAULT);
    }

    /**
     * Alpha for a distance between classes.
     *
     * @param distance of two classes in [0, K)
     */
    public static Agreement of(Ratings ratings, LabelDistance distance, Bootstrap bootstrap) {
        LabelCounts counts = new LabelCounts(ratings);
        if (counts.count() == 0) {
            return LabelCounts.nothing(ratings);
        }
        double[] table = table(ratings.classes(), distance);
        double[] within = new double[counts.count()];
        for (int group = 0; group < within.length; group++) {
            within[group] = within(counts.labels(group), table, ratings.classes());
        }
        double observed = observed(counts, within, counts.sizes());
        double expected = expected(counts, table, ratings.classes(), counts.sizes());
        if (expected == 0) {
            return new Undefined(Reason.ONE_CLASS);
        }
        return new Coefficient(
                bootstrap.interval(
                        1 - observed / expected,
                        counts.groups(),
                        counts.count(),
                        sample -> 1
                                - observed(counts, within, sample)
                                        / expected(counts, table, ratings.classes(), sample)),
                1 - observed,
                1 - expected,
                counts.groups().length);
    }

    private static double[] table(int classes, LabelDistance distance) {
        double[] table = new double[classes * classes];
        for (int one = 0; one < classes; one++) {
            for (int other = 0; other < classes; other++) {
                table[one * classes + other] = checked(distance.between(one, other), one == other);
            }
        }
        return table;
    }

    /** The distance itself, if it can be one. */
    static double checked(double distance, boolean same) {
        if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY) || (same && distance != 0)) {
            Require.that(false, "A distance of %s; it must be finite, not negative, and 0 for equal values.", distance);
        }
        return distance;
    }

    /** Sum over ordered pairs of one item's labels, divided by its labels less one. */
    private static double within(int[] labels, double[] table, int classes) {
        double sum = 0;
        for (int one : labels) {
            for (int other : labels) {
                sum += table[one * classes + other];
            }
        }
        return sum / (labels.length - 1);
    }

    private static double observed(LabelCounts counts, double[] within, int[] weights) {
        double sum = 0;
        long labels = 0;
        for (int group = 0; group < weights.length; group++) {
            sum += weights[group] * within[group];
            labels += (long) weights[group] * counts.labels(group).length;
        }
        return sum / labels;
    }

    private static double expected(LabelCounts counts, double[] table, int classes, int[] weights) {
        double[] totals = new double[classes];
        double all = 0;
        for (int group = 0; group < weights.length; group++) {
            for (int label : counts.labels(group)) {
                totals[label] += weights[group];
            }
            all += (double) weights[group] * counts.labels(group).length;
        }
        double sum = 0;
        for (int one = 0; one < classes; one++) {
            for (int other = 0; other < classes; other++) {
                sum += totals[one] * totals[other] * table[one * classes + other];
            }
        }
        return sum / (all * (all - 1));
    }
}
