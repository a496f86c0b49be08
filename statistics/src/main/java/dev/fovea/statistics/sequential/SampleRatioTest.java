package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import org.hipparchus.special.Gamma;

/**
 * A test for sample-ratio mismatch that may be looked at any time: whether units fall to variants in the planned
 * shares. M. Lindon and A. Malek, "Anytime-valid inference for multinomial count data", NeurIPS 35 (2022), the Bayes
 * factor of a Dirichlet prior around the plan. Pure.
 */
public final class SampleRatioTest {

    /** Sum of the prior's parameters: looks for deviations of some points, within some hundreds of units. */
    private static final double CONCENTRATION = 100;

    private SampleRatioTest() {}

    /**
     * Logarithm of the evidence for a mismatch; reaches {@code log(1 / a)} with probability at most a where units fall
     * as planned.
     *
     * @param counts units of each variant
     * @param shares planned, positive; their sum is taken as 1
     */
    public static double logE(long[] counts, double[] shares) {
        Require.that(
                counts.length == shares.length && counts.length > 1,
                "There are %d counts and %d shares; they must be as many, at least 2.",
                counts.length,
                shares.length);
        double all = Arrays.stream(shares).sum();
        long units = Arrays.stream(counts).sum();
        double log = Gamma.logGamma(CONCENTRATION) - Gamma.logGamma(CONCENTRATION + units);
        for (int i = 0; i < counts.length; i++) {
            double share = shares[i] / all;
            Require.that(share > 0 && counts[i] >= 0, "Share %s of %d units is not possible.", shares[i], counts[i]);
            log += Gamma.logGamma(CONCENTRATION * share + counts[i])
                    - Gamma.logGamma(CONCENTRATION * share)
                    - counts[i] * Math.log(share);
        }
        return log;
    }
}
