package dev.fovea.rollout.experiment;

import dev.fovea.json.DurationText;
import dev.fovea.statistics.Require;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an experiment shall find out, stated before it starts.
 *
 * <p>The error rate is that of all pairs of versions together: each pair gets it divided by the number of pairs
 * (Bonferroni), which holds at each look whatever the dependence between pairs, and lets each pair be read by itself.
 *
 * @param percents the shares of the variants beside production, which has the rest and is the control
 * @param metric that is compared
 * @param horizon when it is analysed
 * @param error how often a difference may be stated that is not there, over all pairs and looks
 * @param effect the smallest difference of interest, in the metric's unit
 * @param window how long after a unit's first request its values count
 * @param longest after this time it ends undecided
 * @param promote whether a better variant is promoted when it ends
 */
public record ExperimentDesign(
        SortedMap<Integer, Double> percents,
        ExperimentMetric metric,
        Horizon horizon,
        double error,
        double effect,
        Duration window,
        Duration longest,
        boolean promote) {

    /** The usual share of wrong statements. */
    public static final double USUAL_ERROR = 0.05;

    /** The usual time in which values count. */
    public static final Duration USUAL_WINDOW = Duration.ofHours(1);

    /** The usual longest time. */
    public static final Duration USUAL_LONGEST = Duration.ofDays(30);

    private static final int MOST_VARIANTS = 20;
    private static final Duration MOST_TIME = Duration.ofDays(365);

    public ExperimentDesign {
        percents = Collections.unmodifiableSortedMap(new TreeMap<>(percents));
        Require.that(
                !percents.isEmpty() && percents.size() <= MOST_VARIANTS,
                "An experiment with %d variants beside production is not possible; give 1 to %d.",
                percents.size(),
                MOST_VARIANTS);
        Require.that(
                error > 0 && error <= 0.5, "The error rate is %s; give one above 0 up to 0.5, usually 0.05.", error);
        Require.that(
                Double.isFinite(effect) && effect > 0,
                "The smallest effect of interest is %s; it must be a number above 0.",
                effect);
        Require.that(
                metric.kind() == ExperimentMetric.FigureKind.NUMBER || effect < 1,
                "The smallest effect of interest is %s; for yes or no it is a share below 1: 0.01 is one point.",
                effect);
        Require.that(
                window.compareTo(Duration.ofSeconds(1)) >= 0,
                "The window is %s; values need 1s at least.",
                DurationText.of(window));
        Require.that(
                longest.compareTo(window) > 0 && longest.compareTo(MOST_TIME) <= 0,
                "The longest time is %s with a window of %s; it must be longer, and 365d at most.",
                DurationText.of(longest),
                DurationText.of(window));
    }

    /** The share of each version of all traffic, the control among them, in percent. */
    public SortedMap<Integer, Double> shares(int control) {
        SortedMap<Integer, Double> shares = new TreeMap<>(percents);
        shares.put(
                control,
                100
                        - percents.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum());
        return shares;
    }

    /** The number of pairs of versions. */
    public int pairs() {
        return percents.size() * (percents.size() + 1) / 2;
    }

    /** The error rate of one pair. */
    public double errorOfPair() {
        return error / pairs();
    }
}
