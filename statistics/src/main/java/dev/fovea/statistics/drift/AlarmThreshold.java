package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The evidence, in days, at which a weighted mean of {@link ShiryaevRoberts} statistics alarms, for a declared mean
 * time between false alarms. The mean time to reach {@code h} equals the mean evidence at that moment, {@code h} times
 * the overshoot. The overshoot is that of the one test that carries the evidence then, and its mean ratio does not
 * depend on {@code h} once {@code h} is many blocks, so that it is simulated for one test at a small {@code h}. Source:
 * M. Pollak, "Average run lengths of an optimal method of detecting a change in distribution", Annals of Statistics 15
 * (1987) 749–779.
 */
public final class AlarmThreshold {

    /** The share of the declared rate that thresholds are set for; the rest is room for what is estimated. */
    public static final double SHARE = 0.6;

    /** Blocks to the threshold at which the overshoot is simulated. */
    private static final int BLOCKS = 1000;

    private static final int RUNS = 1000;

    private AlarmThreshold() {}

    /**
     * The threshold for {@value #SHARE} false alarms in so many days.
     *
     * @param overshoot from {@link #overshoot}
     */
    public static double of(double daysPerFalseAlarm, double overshoot) {
        Require.that(daysPerFalseAlarm > 0, "One false alarm in %s days.", daysPerFalseAlarm);
        Require.that(overshoot >= 1, "An overshoot of %s times the threshold.", overshoot);
        return daysPerFalseAlarm / SHARE / overshoot;
    }

    /** The mean ratio of the evidence at an alarm to the threshold, for tests with these shifts; at least 1. */
    public static double overshoot(Shifts shifts, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[] unshrunk = shifts.unshrunk();
        double sum = 0;
        for (int run = 0; run < RUNS; run++) {
            ShiryaevRoberts evidence = new ShiryaevRoberts(shifts);
            while (evidence.evidence() < BLOCKS) {
                evidence.add(random.nextGaussian(), 1, unshrunk);
            }
            sum += Math.min(evidence.evidence() / BLOCKS, 20); // one huge overshoot must not lower the threshold
        }
        return Math.max(1, sum / RUNS);
    }
}
