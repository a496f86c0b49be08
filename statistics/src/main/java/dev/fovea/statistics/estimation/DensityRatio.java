package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.LogisticSettings;
import dev.fovea.statistics.linear.OutOfFold;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.Arrays;

/**
 * Weights that make reference rows like live rows: the density ratio from a logistic regression that tells them apart,
 * out of fold. Source: S. Bickel, M. Brückner and T. Scheffer, "Discriminative learning under covariate shift", JMLR 10
 * (2009) 2137–2155. Weights above {@value #MAX_WEIGHT} are cut; the mean is 1.
 *
 * @param weights {@code [N]}, one for each reference row
 * @param effectiveShare the effective sample size over N, {@code (sum w)² / (N sum w²)}, in (0, 1]: 1 without a shift
 */
public record DensityRatio(double[] weights, double effectiveShare) {

    /** The largest weight before they are scaled to a mean of 1. */
    public static final double MAX_WEIGHT = 50;

    private static final int FOLDS = 5;
    private static final double C = 0.05;
    private static final LogisticSettings SETTINGS = LogisticSettings.DEFAULT.withC(C);

    /** Weights of the reference rows {@code [N,D]} for live rows {@code [M,D]}; N and M at least 5. */
    public static DensityRatio of(FeatureMatrix reference, FeatureMatrix live, long seed) {
        double[] odds = odds(reference, live, ones(reference.rows()), seed);
        double scale = (double) reference.rows() / live.rows();
        double[] weights = new double[reference.rows()];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.min(MAX_WEIGHT, odds[i] * scale);
            sum += weights[i];
            squares += weights[i] * weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= weights.length / sum;
        }
        return new DensityRatio(weights, sum * sum / (weights.length * squares));
    }

    /**
     * The odds of being live, out of fold, of the reference's rows and then of the live ones, {@code [N+M]}.
     *
     * @param sampleWeights {@code [N]} of the reference's rows
     */
    static double[] odds(FeatureMatrix reference, FeatureMatrix live, double[] sampleWeights, long seed) {
        int n = reference.rows();
        int rows = n + live.rows();
        Require.that(
                n >= FOLDS && live.rows() >= FOLDS,
                "%d reference and %d live images; telling them apart needs %d of each.",
                n,
                live.rows(),
                FOLDS);
        float[][] joined = new float[rows][];
        int[] domain = new int[rows];
        double[] weights = ones(rows);
        for (int i = 0; i < rows; i++) {
            joined[i] = i < n ? reference.row(i) : live.row(i - n);
            domain[i] = i < n ? 0 : 1;
            weights[i] = i < n ? sampleWeights[i] : 1;
        }
        OutOfFold fit = OutOfFold.fit(
                FeatureMatrix.of(joined),
                ClassTargets.ofLabels(domain, 2).weighted(weights),
                StratifiedFolds.of(domain, FOLDS, seed),
                SETTINGS,
                new double[] {C});
        double[] odds = new double[rows];
        Arrays.setAll(odds, i -> fit.probabilities()[i][1] / Math.max(1e-9, fit.probabilities()[i][0]));
        return odds;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
