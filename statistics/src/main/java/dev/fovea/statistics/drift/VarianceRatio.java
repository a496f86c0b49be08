package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;

/**
 * The variance of the sum of {@code n} consecutive scores relative to that of {@code n} independent standard normal
 * ones: more than 1 where scores stay on one side or spread more. Source: A. W. Lo, A. C. MacKinlay, "Stock market
 * prices do not follow random walks", Review of Financial Studies 1 (1988) 41–66. The mean is taken as known to be 0.
 */
public final class VarianceRatio {

    private VarianceRatio() {}

    /**
     * The ratio, from all windows of consecutive scores.
     *
     * @param scores of mean 0, in the order of time; NaN counts as 0
     * @param n at least 1, at most the number of scores
     */
    public static double of(double[] scores, int n) {
        Require.that(n >= 1 && n <= scores.length, "Windows of %d among %d scores.", n, scores.length);
        double sum = 0;
        double windows = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += value(scores[i]) - (i >= n ? value(scores[i - n]) : 0);
            if (i >= n - 1) {
                windows += sum * sum;
            }
        }
        return windows / (scores.length - n + 1) / n;
    }

    private static double value(double score) {
        return Double.isNaN(score) ? 0 : score;
    }
}
