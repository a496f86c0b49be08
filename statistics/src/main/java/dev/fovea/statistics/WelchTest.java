package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Test of equal means without assuming equal variances. Source: B. L. Welch, "The generalization of Student's problem
 * when several different population variances are involved", Biometrika 34 (1947) 28–35. Valid for one look at samples
 * of fixed size.
 *
 * @param t the statistic: the second mean minus the first, in standard errors
 * @param degreesOfFreedom by Welch and Satterthwaite
 * @param pValue two-sided
 * @param difference the second mean minus the first, with its interval
 */
public record WelchTest(double t, double degreesOfFreedom, double pValue, Interval difference) {

    /** The test of two samples with a 95 % interval. Each has at least two numbers; at most one is constant. */
    public static WelchTest of(RunningMean first, RunningMean second) {
        return of(first, second, Interval.DEFAULT_LEVEL);
    }

    /** The same at another level of confidence. */
    public static WelchTest of(RunningMean first, RunningMean second, double level) {
        Require.confidenceLevel(level);
        double a = squaredError(first);
        double b = squaredError(second);
        Require.that(
                a + b > 0,
                "Both samples are constant (%s and %s); the test needs variance in at least one.",
                first.mean(),
                second.mean());
        double freedom = (a + b) * (a + b) / (a * a / (first.count() - 1) + b * b / (second.count() - 1));
        double difference = second.mean() - first.mean();
        double error = Math.sqrt(a + b);
        TDistribution student = new TDistribution(freedom);
        double half = student.inverseCumulativeProbability((1 + level) / 2) * error;
        double t = difference / error;
        return new WelchTest(
                t,
                freedom,
                2 * student.cumulativeProbability(-Math.abs(t)),
                new Interval(difference, difference - half, difference + half));
    }

    private static double squaredError(RunningMean sample) {
        Require.that(
                sample.count() >= 2,
                "A sample of %d has no variance; the test needs at least two numbers.",
                sample.count());
        return sample.squares() / (sample.count() - 1) / sample.count();
    }
}
