package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Sample size and power of a paired non-inferiority test. The second proportion is non-inferior if the lower end of the
 * difference's interval is above minus the margin. Source: J.-P. Liu, H.-M. Hsueh, E. Hsieh and J. J. Chen, "Tests for
 * equivalence or non-inferiority for paired binary data", Statistics in Medicine 21 (2002) 231–245, for equal true
 * proportions. Pure.
 */
public final class NonInferiority {

    /** The power of a sample of {@link #trials}. */
    public static final double POWER = 0.8;

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private NonInferiority() {}

    /**
     * The number of trials for a power of {@value #POWER}: {@code (z_level + z_power)² p / margin²}, and at least
     * {@code z_level² (1 − margin) / margin}, below this the score interval of T. Tango (Statistics in Medicine 17
     * (1998) 891–908) exceeds the margin even without discordant trials.
     *
     * @param discordant fraction of trials in which exactly one of the two succeeds, in [0, 1]
     * @param margin in (0, 1)
     * @param level of confidence of the two-sided interval
     */
    public static long trials(double discordant, double margin, double level) {
        double z = quantile(discordant, margin, level);
        double wanted = z + NORMAL.inverseCumulativeProbability(POWER);
        double concordant = z * z * (1 - margin) / margin;
        return (long) Math.ceil(Math.max(concordant, wanted * wanted * discordant / (margin * margin)));
    }

    /** The power of that many trials, in [0, 1]; 0 below the minimum of {@link #trials}. */
    public static double power(long trials, double discordant, double margin, double level) {
        Require.that(trials > 0, "%d trials; there must be at least one.", trials);
        double z = quantile(discordant, margin, level);
        if (trials < trials(0, margin, level)) {
            return 0;
        }
        return discordant == 0 ? 1 : NORMAL.cumulativeProbability(margin * Math.sqrt(trials / discordant) - z);
    }

    private static double quantile(double discordant, double margin, double level) {
        Require.confidenceLevel(level);
        Require.that(margin > 0 && margin < 1, "The margin is %s; it must lie between 0 and 1.", margin);
        Require.that(
                discordant >= 0 && discordant <= 1, "The discordant share is %s; it must lie in 0 to 1.", discordant);
        return NORMAL.inverseCumulativeProbability((1 + level) / 2);
    }
}
