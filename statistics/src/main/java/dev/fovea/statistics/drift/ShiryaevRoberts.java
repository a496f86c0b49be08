package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * Evidence that a stream of standard normal scores has changed at some time, as a Shiryaev–Roberts statistic in days:
 * {@code R = (R + days) · exp(δ z - δ²/2)} for each shift {@code δ}, averaged over {@link Shifts}. Sources: A. N.
 * Shiryaev, "On optimum methods in quickest detection problems", Theory of Probability and its Applications 8 (1963);
 * S. W. Roberts, Technometrics 8 (1966) 411–430; mixtures: J. Shin, A. Ramdas, A. Rinaldo, "E-detectors" (2022).
 *
 * <p>Here each block adds the days that it took, not 1. Without a change, evidence minus elapsed days is a martingale,
 * as is every weighted mean of such statistics, however they depend on each other. Hence the mean time until the
 * evidence first reaches {@code h} is at least {@code h} days, whatever the traffic. Not thread-safe.
 */
public final class ShiryaevRoberts {

    /** Beyond this nothing is learned, and sums of such numbers stay finite. */
    private static final double CEILING = 1e200;

    /**
     * By what share of an informative block's cost a tie lowers the evidence, so that days of a number which is always
     * the same do not add up.
     */
    private static final double FORGOTTEN = 0.05;

    private final Shifts shifts;
    private final double[] byShift;

    public ShiryaevRoberts(Shifts shifts) {
        this(shifts, new double[shifts.count()]);
    }

    private ShiryaevRoberts(Shifts shifts, double[] byShift) {
        this.shifts = shifts;
        this.byShift = byShift;
    }

    /** Goes on from what {@link #state} returned. */
    public static ShiryaevRoberts resume(Shifts shifts, double[] state) {
        Require.that(state.length == shifts.count(), "%d numbers for %d shifts.", state.length, shifts.count());
        for (double value : state) {
            Require.that(value >= 0 && value <= CEILING, "Evidence of %s days.", value);
        }
        return new ShiryaevRoberts(shifts, state.clone());
    }

    /**
     * Takes a block's score in.
     *
     * @param score standard normal without a change
     * @param days since the block before, at least 0
     * @param shrink for each shift, what scores are multiplied by where sums of them spread more than those of
     *     independent ones; 1 otherwise
     */
    public void add(double score, double days, double[] shrink) {
        double[] sizes = shifts.sizes();
        for (int i = 0; i < byShift.length; i++) {
            double ratio = Math.exp(sizes[i] * score * shrink[i] - sizes[i] * sizes[i] / 2);
            byShift[i] = Math.min(CEILING, (byShift[i] + days) * ratio);
        }
    }

    /**
     * Takes a block's rank in, as the mean of the likelihood ratios of its ties.
     *
     * @param rank among quiet blocks; {@link TiedRank#NONE} for a block that has none, for example of boxes where there
     *     were no objects
     * @param mean of the normal scores without a change
     * @param days since the block before, at least 0
     * @param factors for each shift, what normal scores are multiplied by; 1 where they are independent
     */
    public void add(TiedRank rank, double mean, double days, double[] factors) {
        double[] sizes = shifts.sizes();
        double[] products = new double[byShift.length];
        Arrays.setAll(products, i -> sizes[i] * factors[i]);
        double[] means = rank.meanExponentials(products);
        for (int i = 0; i < byShift.length; i++) {
            double half = sizes[i] * sizes[i] / 2;
            double ratio = means[i] * Math.exp(-products[i] * mean - half * (1 + FORGOTTEN * rank.share()));
            byShift[i] = Math.min(CEILING, (byShift[i] + days) * ratio);
        }
    }

    /** The evidence, in days. */
    public double evidence() {
        double sum = 0;
        for (int i = 0; i < byShift.length; i++) {
            sum += shifts.weights()[i] * byShift[i];
        }
        return sum;
    }

    /** Forgets all evidence. */
    public void reset() {
        Arrays.fill(byShift, 0);
    }

    /** A copy of the statistics of the shifts, for {@link #resume}. */
    public double[] state() {
        return byShift.clone();
    }
}
