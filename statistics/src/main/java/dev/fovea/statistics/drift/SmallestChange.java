package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The smallest shift that one test of many sees within a number of blocks with a stated probability, found by
 * simulating its {@link ShiryaevRoberts} statistic.
 */
public final class SmallestChange {

    private static final int RUNS = 200;
    private static final double LARGEST = 20;

    private SmallestChange() {}

    /**
     * The shift of a block's score, in its standard deviations; infinite when even {@code 20} are not seen.
     *
     * @param threshold evidence of all tests together, in days
     * @param weight of this test
     * @param blocks after the change
     * @param daysPerBlock duration of a block
     * @param quietBlocks number of blocks that a new one is ranked among, which limits what one block can say
     * @param power probability that it is seen
     */
    public static double of(
            double threshold, double weight, int blocks, double daysPerBlock, int quietBlocks, double power) {
        Require.that(blocks >= 0 && quietBlocks >= 1, "%d blocks, %d quiet ones.", blocks, quietBlocks);
        Require.confidenceLevel(power);
        double highest = -ConformalRank.normalQuantile(0.5 / (quietBlocks + 1));
        double low = 0;
        double high = LARGEST;
        if (seen(threshold / weight, blocks, daysPerBlock, highest, high) < power) {
            return Double.POSITIVE_INFINITY;
        }
        while (high - low > 0.01 * high) {
            double middle = (low + high) / 2;
            if (seen(threshold / weight, blocks, daysPerBlock, highest, middle) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double seen(double needed, int blocks, double daysPerBlock, double highest, double shift) {
        RandomGenerator random = new SplittableRandom(7); // the same draws at each shift, so that power grows with it
        int seen = 0;
        for (int run = 0; run < RUNS; run++) {
            ShiryaevRoberts evidence = new ShiryaevRoberts(Shifts.TWO_SIDED);
            boolean alarm = false;
            for (int block = 0; block < blocks; block++) {
                evidence.add(
                        Math.min(highest, shift + random.nextGaussian()), daysPerBlock, Shifts.TWO_SIDED.unshrunk());
                alarm |= evidence.evidence() >= needed;
            }
            seen += alarm ? 1 : 0;
        }
        return (double) seen / RUNS;
    }
}
