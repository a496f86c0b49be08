package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Whether two means differ, without supposing equal variances: B. L. Welch, "The generalization of Student's problem
 * when several different population variances are involved", Biometrika 34 (1947) 28–35. For one look at samples whose
 * sizes were fixed beforehand.
 *
 * @param t the statistic: the second's mean less the first's, in standard errors
 * @param degreesOfFreedom by Welch and Satterthwaite
 * @param pValue two-sided
 * @param difference the second's mean less the first's, with its interval
 */
public record WelchTest(double t, double degreesOfFreedom, double pValue, Interval difference) {

    /** The test of two samples of at least two numbers each that are not both constant; a 95 % interval. */
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
                "Both samples are constant (%s and %s); a test needs some spread.",
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
                sample.count() >= 2, "A sample of %d has no spread to test with; give two at least.", sample.count());
        return sample.squares() / (sample.count() - 1) / sample.count();
    }
}
