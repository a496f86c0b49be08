package dev.fovea.statistics.agreement;

import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import java.util.Arrays;
import java.util.Optional;

/**
 * The accuracy that no model can be shown to exceed when it is judged by single labels of these annotators.
 *
 * <p>Let {@code p_k} be the share of class k among the labels that annotators would give an item. A model that predicts
 * class m agrees with one such label with probability {@code p_m ≤ max_k p_k ≤ √(Σ_k p_k²)}. By Jensen's inequality the
 * expectation over items is at most {@code √(E Σ_k p_k²)}, and {@code E Σ_k p_k²} is the probability that two
 * annotators agree about an item: the observed agreement of {@link FleissKappa}, estimated without bias from pairs of
 * labels. So {@code accuracy ≤ √agreement}, whatever the model learned. For a share e of labels that are wrong at
 * random, a perfect model reaches {@code 1 - e}, and the bound is near it for small e. Own derivation from {@code max_k
 * p_k ≤ ‖p‖₂} and Jensen's inequality. Pure.
 */
public final class AccuracyCeiling {

    private AccuracyCeiling() {}

    /**
     * The ceiling with its bootstrap interval over items, at 95 % confidence.
     *
     * @return empty when no item has two labels
     */
    public static Optional<Interval> of(Ratings ratings) {
        double[] agreements = new double[ratings.items()];
        int items = 0;
        for (int item = 0; item < ratings.items(); item++) {
            if (ratings.count(item) > 1) {
                agreements[items++] = agreement(ratings, item);
            }
        }
        if (items == 0) {
            return Optional.empty();
        }
        Interval mean = BootstrapInterval.ofMean(Arrays.copyOf(agreements, items), Interval.DEFAULT_LEVEL);
        return Optional.of(new Interval(
                Math.sqrt(mean.value()), Math.sqrt(Math.max(0, mean.low())), Math.min(1, Math.sqrt(mean.high()))));
    }

    /** Share of the pairs of an item's labels that agree. */
    private static double agreement(Ratings ratings, int item) {
        int[] counts = new int[ratings.classes()];
        for (int r = ratings.start(item); r < ratings.start(item + 1); r++) {
            counts[ratings.labelAt(r)]++;
        }
        long agreeing = 0;
        for (int count : counts) {
            agreeing += (long) count * (count - 1);
        }
        int labels = ratings.count(item);
        return (double) agreeing / ((long) labels * (labels - 1));
    }
}
