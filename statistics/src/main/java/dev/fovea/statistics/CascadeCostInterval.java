package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The cost of 1,000 images in a cascade with its 95 % interval, from what each image cost in both models. Pure.
 *
 * <p>With the share E of escalated images, their mean cost B in both models and the mean cost A of the others in the
 * small model alone, an image costs {@code A + E (B - A)} on average. That is the mean of the images' own costs,
 * divided by strata as in W. G. Cochran, Sampling Techniques, 3rd edition (1977), section 5A.9: given how many images
 * each stratum has, its mean is independent of E. The limits of E (Wilson) and of A and B (Student) are put together by
 * the method of variance estimates recovery of G. Y. Zou and A. Donner, "Construction of confidence limits about effect
 * measures: A general approach", Statistics in Medicine 27 (2008) 1693–1702: the distances to the limits, each times
 * its derivative, are squared and added. With costs that do not vary, the interval is that of E, in costs.
 */
final class CascadeCostInterval {

    private static final double IMAGES = 1000;

    private CascadeCostInterval() {}

    /**
     * The interval.
     *
     * @param kept costs of the images that are not escalated, in the small model
     * @param escalated costs of those that are, in both models together
     * @param small costs of all images in the small model
     * @param both costs of all images in both models together
     * @return cost of 1,000 images, in the unit of the costs
     */
    static Interval perThousand(RunningMean kept, RunningMean escalated, RunningMean small, RunningMean both) {
        long images = small.count();
        Require.that(
                images > 0 && kept.count() + escalated.count() == images && both.count() == images,
                "%d images are kept and %d escalated of %d.",
                kept.count(),
                escalated.count(),
                images);
        Interval share = WilsonInterval.of(escalated.count(), images);
        double alone = kept.count() == 0 ? small.mean() : kept.mean();
        double together = escalated.count() == 0 ? both.mean() : escalated.mean();
        double more = together - alone;
        double cost = alone + share.value() * more;
        double ofKept = (1 - share.value()) * distance(kept, small);
        double ofEscalated = share.value() * distance(escalated, both);
        double fewer = more * (share.value() - share.low());
        double further = more * (share.high() - share.value());
        double down = length(more < 0 ? further : fewer, ofKept, ofEscalated);
        double up = length(more < 0 ? fewer : further, ofKept, ofEscalated);
        return Interval.within(IMAGES * cost, IMAGES * (cost - down), IMAGES * (cost + up), 0, Double.MAX_VALUE);
    }

    /**
     * Half the width of Student's interval of a stratum's mean. A stratum of one image says nothing about how costs
     * vary; that is taken from all images then.
     */
    private static double distance(RunningMean stratum, RunningMean all) {
        if (stratum.count() == 0) {
            return 0;
        }
        RunningMean spread = stratum.count() < 2 ? all : stratum;
        double variance = spread.variance().orElse(0);
        return variance == 0
                ? 0
                : new TDistribution(spread.count() - 1).inverseCumulativeProbability((1 + Interval.DEFAULT_LEVEL) / 2)
                        * Math.sqrt(variance / stratum.count());
    }

    private static double length(double a, double b, double c) {
        return Math.sqrt(a * a + b * b + c * c);
    }
}
