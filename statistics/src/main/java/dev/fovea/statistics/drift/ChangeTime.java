package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * Which block was the first after a change: the posterior over the blocks, given the scores of one test, with the same
 * prior over time and shifts as {@link ShiryaevRoberts}, whose terms these are. Source: A. N. Shiryaev, Theory of
 * Probability and its Applications 8 (1963).
 *
 * @param first index of the most probable first changed block
 * @param earliest index such that it began earlier with a probability of at most half the rest
 * @param latest index such that it began later with a probability of at most half the rest
 */
public record ChangeTime(int first, int earliest, int latest) {

    /**
     * @param scores of consecutive blocks, the last being the one that alarmed; NaN where a block has none
     * @param days that each block took
     * @param level probability of the interval, such as 0.95
     */
    public static ChangeTime of(double[] scores, double[] days, Shifts shifts, double level) {
        Require.that(
                scores.length > 0 && scores.length == days.length,
                "%d scores with %d durations.",
                scores.length,
                days.length);
        Require.confidenceLevel(level);
        double[] log = new double[scores.length];
        Arrays.fill(log, Double.NEGATIVE_INFINITY);
        for (int s = 0; s < shifts.count(); s++) {
            double size = shifts.sizes()[s];
            double sum = 0;
            for (int k = scores.length - 1; k >= 0; k--) {
                sum += Double.isNaN(scores[k]) ? 0 : size * scores[k] - size * size / 2;
                log[k] = addLogs(log[k], sum + Math.log(shifts.weights()[s] * Math.max(days[k], 1e-9)));
            }
        }
        double most = Arrays.stream(log).max().orElseThrow();
        double total = Arrays.stream(log).map(value -> Math.exp(value - most)).sum();
        int first = 0;
        int earliest = -1;
        int latest = scores.length - 1;
        double below = 0;
        for (int k = 0; k < log.length; k++) {
            if (log[k] > log[first]) {
                first = k;
            }
            below += Math.exp(log[k] - most) / total;
            if (earliest < 0 && below > (1 - level) / 2) {
                earliest = k;
            }
            if (below >= 1 - (1 - level) / 2) {
                latest = k;
                break;
            }
        }
        for (int k = latest + 1; k < log.length; k++) {
            if (log[k] > log[first]) {
                first = k;
            }
        }
        return new ChangeTime(first, Math.min(Math.max(earliest, 0), first), Math.max(latest, first));
    }

    private static double addLogs(double a, double b) {
        double max = Math.max(a, b);
        return max == Double.NEGATIVE_INFINITY ? max : max + Math.log(Math.exp(a - max) + Math.exp(b - max));
    }
}
