package dev.fovea.statistics;

/**
 * The interval of an unweighted mean of independent proportions, such as balanced accuracy, the mean of the classes'
 * recalls. Distances to the ends of each {@link WilsonInterval} are squared and added: the method of variance estimates
 * recovery of G. Y. Zou, W. Huang and X. Zhang, "A note on confidence interval estimation for a linear function of
 * binomial proportions", Computational Statistics and Data Analysis 53 (2009) 1080–1085. Pure.
 */
public final class MeanOfProportions {

    private MeanOfProportions() {}

    /** The 95 % interval; see {@link #of(long[], long[], double)}. */
    public static Interval of(long[] successes, long[] trials) {
        return of(successes, trials, Interval.DEFAULT_LEVEL);
    }

    /**
     * The interval of {@code mean(successes[k] / trials[k])}.
     *
     * @param successes {@code [K]}, K at least 1
     * @param trials {@code [K]}, each at least 1
     * @param level of confidence, between 0 and 1
     */
    public static Interval of(long[] successes, long[] trials, double level) {
        Require.that(successes.length == trials.length, "%d successes of %d trials.", successes.length, trials.length);
        Require.that(trials.length > 0, "No proportions; the mean needs at least one.");
        double sum = 0;
        double down = 0;
        double up = 0;
        for (int k = 0; k < trials.length; k++) {
            Interval one = WilsonInterval.of(successes[k], trials[k], level);
            sum += one.value();
            down += (one.value() - one.low()) * (one.value() - one.low());
            up += (one.high() - one.value()) * (one.high() - one.value());
        }
        double mean = sum / trials.length;
        return Interval.within(
                mean, mean - Math.sqrt(down) / trials.length, mean + Math.sqrt(up) / trials.length, 0, 1);
    }
}
