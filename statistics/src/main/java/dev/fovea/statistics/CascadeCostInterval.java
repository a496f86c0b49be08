package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The cost of 1,000 images in a cascade with its 95 % interval, from the cost of each image in both models. Pure.
 *
 * <p>E is the fraction of escalated images and B their mean cost in both models. A is the mean cost of the others in
 * the small model. The mean cost is {@code A + E (B - A)}. It is the stratified mean of W. G. Cochran, Sampling
 * Techniques, 3rd edition (1977), section 5A.9: given the size of each stratum, its mean is independent of E. The
 * limits of E (Wilson) and of A and B (Student) are combined by the method of variance estimates recovery of G. Y. Zou
 * and A. Donner, "Construction of confidence limits about effect measures: A general approach", Statistics in Medicine
 * 27 (2008) 1693–1702: each distance to a limit is multiplied by its derivative, squared and added. With constant
 * costs, the interval is that of E, in costs.
 */
final class CascadeCostInterval {

    private static final double IMAGES = 1000;

    private CascadeCostInterval() {}

    /**
     * The interval.
     *
     * @param local costs of the images that are not escalated, in the small model
     * @param escalated costs of the escalated images, in both models together
     * @param small costs of all images in the small model
     * @param both costs of all images in both models together
     * @return cost of 1,000 images, in the unit of the costs
     */
    static Interval perThousand(RunningMean local, RunningMean escalated, RunningMean small, RunningMean both) {
        long images = small.count();
        Require.that(
                images > 0 && local.count() + escalated.count() == images && both.count() == images,
                "%d images stay in the small model and %d are escalated, of %d.",
                local.count(),
                escalated.count(),
                images);
        Interval share = WilsonInterval.of(escalated.count(), images);
        double alone = local.count() == 0 ? small.mean() : local.mean();
        double together = escalated.count() == 0 ? both.mean() : escalated.mean();
        double more = together - alone;
        double cost = alone + share.value() * more;
        double ofKept = (1 - share.value()) * distance(local, small);
        double ofEscalated = share.value() * distance(escalated, both);
        double fewer = more * (share.value() - share.low());
        double further = more * (share.high() - share.value());
        double down = length(more < 0 ? further : fewer, ofKept, ofEscalated);
        double up = length(more < 0 ? fewer : further, ofKept, ofEscalated);
        return Interval.within(IMAGES * cost, IMAGES * (cost - down), IMAGES * (cost + up), 0, Double.MAX_VALUE);
    }

    /**
     * Half the width of Student's interval of a stratum's mean. A stratum of one image uses the variance of all images.
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
