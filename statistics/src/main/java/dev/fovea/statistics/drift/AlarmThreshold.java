package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The evidence, in days, at which a weighted mean of {@link ShiryaevRoberts} statistics alarms, for a declared mean
 * time between false alarms. The mean time to reach {@code h} equals the mean evidence at that moment, {@code h} times
 * the overshoot. The overshoot's mean ratio does not depend on {@code h} once {@code h} is many blocks, so that it is
 * simulated at a small {@code h}. Source: M. Pollak, "Average run lengths of an optimal method of detecting a change in
 * distribution", Annals of Statistics 15 (1987) 749–779.
 */
public final class AlarmThreshold {

    /** The share of the declared rate that thresholds are set for; the rest is room for what is estimated. */
    public static final double SHARE = 0.8;

    /** Blocks to the threshold at which the overshoot is simulated. */
    private static final int BLOCKS = 400;

    private static final int RUNS = 400;

    private AlarmThreshold() {}

    /** Draws the scores of one block without a change, one for each test, as they depend on each other. */
    @FunctionalInterface
    public interface QuietScores {

        /** Fills {@code scores}, {@code [tests]}, each standard normal. */
        void draw(double[] scores, RandomGenerator random);

        /** Scores that do not depend on each other. */
        static QuietScores independent() {
            return (scores, random) -> {
                for (int i = 0; i < scores.length; i++) {
                    scores[i] = random.nextGaussian();
                }
            };
        }

        /** Whole rows of scores that were seen, {@code [blocks][tests]}. */
        static QuietScores resampled(double[][] seen) {
            Require.that(seen.length > 0, "No scores to draw from.");
            return (scores, random) -> System.arraycopy(seen[random.nextInt(seen.length)], 0, scores, 0, scores.length);
        }
    }

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

    /**
     * The mean ratio of the evidence at an alarm to the threshold, at least 1.
     *
     * @param tests the shifts of each test
     * @param weights of the tests, with sum 1
     */
    public static double overshoot(Shifts[] tests, double[] weights, QuietScores quiet, long seed) {
        Require.that(
                tests.length == weights.length && tests.length > 0,
                "%d tests with %d weights.",
                tests.length,
                weights.length);
        RandomGenerator random = new SplittableRandom(seed);
        double[] scores = new double[tests.length];
        double sum = 0;
        for (int run = 0; run < RUNS; run++) {
            ShiryaevRoberts[] evidence = new ShiryaevRoberts[tests.length];
            for (int j = 0; j < tests.length; j++) {
                evidence[j] = new ShiryaevRoberts(tests[j]);
            }
            double all = 0;
            while (all < BLOCKS) {
                quiet.draw(scores, random);
                all = 0;
                for (int j = 0; j < tests.length; j++) {
                    evidence[j].add(scores[j], 1, tests[j].unshrunk());
                    all += weights[j] * evidence[j].evidence();
                }
            }
            sum += Math.min(all / BLOCKS, 20); // one huge overshoot must not lower the threshold
        }
        return Math.max(1, sum / RUNS);
    }
}
