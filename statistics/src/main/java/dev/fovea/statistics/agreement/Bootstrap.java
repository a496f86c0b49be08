package dev.fovea.statistics.agreement;

import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How items are resampled with replacement for an interval of agreement; the labels of one item stay together. The same
 * seed gives the same interval. The interval is that of {@link BootstrapInterval}.
 *
 * @param draws bootstrap samples, at least 100
 * @param seed of the random numbers
 * @param level of confidence, between 0 and 1
 */
public record Bootstrap(int draws, long seed, double level) {

    /** 1,000 samples at the default level. */
    public static final Bootstrap DEFAULT = new Bootstrap(1000, 1, Interval.DEFAULT_LEVEL);

    public Bootstrap {
        Require.that(draws >= 100, "%d bootstrap samples; there must be at least 100.", draws);
        Require.confidenceLevel(level);
    }

    /**
     * The interval of a statistic.
     *
     * @param value the statistic of all items
     * @param groups {@code [N]} the group of each item, in [0, G); items of one group are exchangeable
     * @param count G
     * @param statistic of a sample, given the number of its items in each group, {@code [G]}; NaN where undefined
     */
    Interval interval(double value, int[] groups, int count, ToDoubleFunction<int[]> statistic) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] resampled = new double[draws];
        int[] weights = new int[count];
        for (int draw = 0; draw < draws; draw++) {
            Arrays.fill(weights, 0);
            for (int i = 0; i < groups.length; i++) {
                weights[groups[random.nextInt(groups.length)]]++;
            }
            resampled[draw] = statistic.applyAsDouble(weights);
        }
        return BootstrapInterval.of(value, resampled, level);
    }
}
