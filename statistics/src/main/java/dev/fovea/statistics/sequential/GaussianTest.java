package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The one-sided mixture sequential probability ratio test of a drift, with a half-normal prior: H. Robbins (1970); R.
 * Johari, P. Koomen, L. Pekelis and D. Walsh, "Always valid inference: continuous monitoring of A/B tests", Operations
 * Research 70 (2022) 1806–1821. Exact for normal values of known variance; for others it holds for large samples. Pure.
 */
public final class GaussianTest {

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private GaussianTest() {}

    /**
     * Logarithm of the evidence that a drift is above 0, from a score that is normal with mean {@code drift ×
     * information} and variance {@code information}.
     *
     * @param score sum of differences divided by their variances
     * @param information sum of one divided by their variances, 0 and more
     * @param typical the size of a drift that matters, above 0
     */
    public static double logAbove(double score, double information, double typical) {
        Require.that(information >= 0 && typical > 0, "Information %s, drift %s.", information, typical);
        double spread = 1 + typical * typical * information;
        double z = score * typical / Math.sqrt(spread);
        return Math.log(2) - 0.5 * Math.log(spread) + 0.5 * z * z + logCumulative(z);
    }

    /** The logarithm of Φ; far below, the first term of its asymptotic series. */
    private static double logCumulative(double z) {
        return z > -30
                ? Math.log(NORMAL.cumulativeProbability(z))
                : -0.5 * z * z - Math.log(-z) - 0.5 * Math.log(2 * Math.PI);
    }
}
