package dev.fovea.statistics;

/**
 * The interval of one class's F1 score, by the indirect Wilson method of K. F. Y. Lam, V. Gopal and J. Qian,
 * "Confidence intervals for the F1 score: a comparison of four methods", arXiv:2309.14621 (2023).
 *
 * <p>Among the images that are not true negatives, {@code J = TP / (TP + FP + FN)} is a binomial proportion. {@code F1
 * = 2 J / (1 + J)} is monotone in J, so it maps the ends of J's {@link WilsonInterval} to those of F1. Unlike the delta
 * method, the interval stays in [0, 1] and does not collapse when every prediction is correct. The images are assumed
 * independent. If the number per class was fixed beforehand, the interval is conservative.
 */
public final class F1Interval {

    private F1Interval() {}

    /**
     * The 95 % interval of a class's F1.
     *
     * @param truePositives images of the class that were predicted as it
     * @param falsePositives images of other classes that were predicted as it
     * @param falseNegatives images of the class that were predicted as another; the three must not all be 0
     */
    public static Interval of(long truePositives, long falsePositives, long falseNegatives) {
        return of(truePositives, falsePositives, falseNegatives, Interval.DEFAULT_LEVEL);
    }

    /** The same at another level of confidence. */
    public static Interval of(long truePositives, long falsePositives, long falseNegatives, double level) {
        Require.that(
                truePositives >= 0 && falsePositives >= 0 && falseNegatives >= 0,
                "Counts of %d, %d and %d; none may be negative.",
                truePositives,
                falsePositives,
                falseNegatives);
        Interval jaccard = WilsonInterval.of(truePositives, truePositives + falsePositives + falseNegatives, level);
        return new Interval(f1(jaccard.value()), f1(jaccard.low()), f1(jaccard.high()));
    }

    private static double f1(double jaccard) {
        return 2 * jaccard / (1 + jaccard);
    }
}
