package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.agreement.Agreement.Coefficient;
import dev.fovea.statistics.agreement.Agreement.Reason;
import dev.fovea.statistics.agreement.Agreement.Undefined;

/**
 * {@link KrippendorffAlpha} of values of any kind, such as boxes or masks, of which only distances are known. All pairs
 * are compared, so the time is O(V²) distances and the memory O(V).
 *
 * <p>A bootstrap sample replaces the expected distance by its linear part, the mean of each item's distance to all
 * values (W. Hoeffding, "A class of statistics with asymptotically normal distribution", Annals of Mathematical
 * Statistics 19 (1948) 293–325); the exact one would cost O(V²) per sample. Pure.
 */
public final class ValueAlpha {

    private ValueAlpha() {}

    /**
     * Alpha of values.
     *
     * @param items {@code [V]} the item of each value, in [0, N); each value of one item is by another annotator
     * @param count N
     * @param distance of two values, by their indices in [0, V)
     */
    public static Agreement of(int[] items, int count, LabelDistance distance, Bootstrap bootstrap) {
        Require.that(count > 0, "%d items; there must be at least one.", count);
        int[] sizes = new int[count];
        for (int item : items) {
            Require.that(item >= 0 && item < count, "A value of item %d; the items are 0 to %d.", item, count - 1);
            sizes[item]++;
        }
        int[] place = new int[count];
        int kept = 0;
        int values = 0;
        for (int item = 0; item < count; item++) {
            place[item] = sizes[item] < 2 ? -1 : kept++;
            values += sizes[item] < 2 ? 0 : sizes[item];
        }
        if (kept == 0) {
            return new Undefined(Reason.NO_OVERLAP);
        }
        double[] within = new double[kept];
        double[] across = new double[kept];
        double[] labels = new double[kept];
        int[] groups = new int[kept];
        for (int one = 0; one < items.length; one++) {
            int at = place[items[one]];
            for (int other = 0; other < one && at >= 0; other++) {
                if (place[items[other]] >= 0) {
                    double apart = KrippendorffAlpha.checked(distance.between(one, other), false);
                    across[at] += apart;
                    across[place[items[other]]] += apart;
                    within[at] += items[one] == items[other] ? 2 * apart / (sizes[items[one]] - 1) : 0;
                }
            }
        }
        double total = 0;
        int[] once = new int[kept];
        for (int item = 0; item < count; item++) {
            if (place[item] >= 0) {
                labels[place[item]] = sizes[item];
                total += across[place[item]];
                groups[place[item]] = place[item];
                once[place[item]] = 1;
            }
        }
        if (total == 0) {
            return new Undefined(Reason.ONE_CLASS);
        }
        double others = values - 1.0;
        double expected = total / (values * others);
        double observed = mean(within, labels, once);
        return new Coefficient(
                bootstrap.interval(1 - observed / expected, groups, kept, sample -> {
                    double linear = 2 * mean(across, labels, sample) / others - expected;
                    return linear > 0 ? 1 - mean(within, labels, sample) / linear : Double.NaN;
                }),
                1 - observed,
                1 - expected,
                kept);
    }

    private static double mean(double[] sums, double[] labels, int[] weights) {
        double sum = 0;
        double all = 0;
        for (int item = 0; item < sums.length; item++) {
            sum += weights[item] * sums[item];
            all += weights[item] * labels[item];
        }
        return sum / all;
    }
}
