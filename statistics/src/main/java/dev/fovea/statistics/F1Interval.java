package dev.fovea.statistics;

/**
 * The interval of one class's F1 score, by the indirect Wilson method of K. F. Y. Lam, V. Gopal and J. Qian,
 * "Confidence intervals for the F1 score: a comparison of four methods", arXiv:2309.14621 (2023).
 *
 * <p>Of the images that are not true negatives, the share of true positives {@code J = TP / (TP + FP + FN)} is a plain
 * binomial proportion, and {@code F1 = 2 J / (1 + J)} grows with it; so the ends of J's {@link WilsonInterval}, sent
 * through the same function, are the ends of F1's. Unlike the delta method it neither leaves [0, 1] nor collapses when
 * every answer is right. The images are taken to be independent draws; where the number per class was fixed beforehand
 * the interval is somewhat too wide, not too narrow.
 */
public final class F1Interval {

    private F1Interval() {}

    /**
     * The 95 % interval of a class's F1.
     *
     * @param truePositives images of the class that were answered with it
     * @param falsePositives images of other classes that were answered with it
     * @param falseNegatives images of the class that were answered otherwise; the three must not all be 0
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
