package dev.fovea.statistics;

/**
 * Two proportions of the same trials, such as two classifiers' accuracies on the same images, as a 2×2 table of
 * outcomes.
 *
 * @param both trials in which both succeeded
 * @param onlyFirst trials in which only the first did
 * @param onlySecond trials in which only the second did
 * @param neither trials in which neither did
 */
public record PairedProportions(int both, int onlyFirst, int onlySecond, int neither) {

    public PairedProportions {
        Require.that(
                both >= 0 && onlyFirst >= 0 && onlySecond >= 0 && neither >= 0,
                "Counts of %d, %d, %d and %d; none may be negative.",
                both,
                onlyFirst,
                onlySecond,
                neither);
        Require.that((long) both + onlyFirst + onlySecond + neither > 0, "No trials; a proportion needs at least one.");
    }

    /** Counts each trial's outcomes, given in the same order. */
    public static PairedProportions of(boolean[] first, boolean[] second) {
        Require.that(first.length == second.length, "%d outcomes against %d.", first.length, second.length);
        int[] counts = new int[4];
        for (int i = 0; i < first.length; i++) {
            counts[(first[i] ? 0 : 2) + (second[i] ? 0 : 1)]++;
        }
        return new PairedProportions(counts[0], counts[1], counts[2], counts[3]);
    }

    /** All trials. */
    public int trials() {
        return Math.addExact(Math.addExact(both, onlyFirst), Math.addExact(onlySecond, neither));
    }

    /** The first's successes. */
    public int first() {
        return both + onlyFirst;
    }

    /** The second's successes. */
    public int second() {
        return both + onlySecond;
    }

    /**
     * The 95 % interval of the second proportion minus the first. Source: R. G. Newcombe, "Improved confidence
     * intervals for the difference between binomial proportions based on paired data", Statistics in Medicine 17 (1998)
     * 2635–2650, method 10.
     */
    public Interval difference() {
        return difference(Interval.DEFAULT_LEVEL);
    }

    /** The same at another level of confidence. */
    public Interval difference(double level) {
        Interval one = WilsonInterval.of(first(), trials(), level);
        Interval two = WilsonInterval.of(second(), trials(), level);
        double correlation = correlation();
        double difference = (double) (onlySecond - onlyFirst) / trials();
        double down = distance(two.value() - two.low(), one.high() - one.value(), correlation);
        double up = distance(two.high() - two.value(), one.value() - one.low(), correlation);
        return Interval.within(difference, difference - down, difference + up, -1, 1);
    }

    /** The phi coefficient of the table, with Newcombe's continuity correction; 0 where a margin is empty. */
    private double correlation() {
        double margins = (double) first() * (onlySecond + neither) * second() * (onlyFirst + neither);
        if (margins == 0) {
            return 0;
        }
        double determinant = (double) both * neither - (double) onlyFirst * onlySecond;
        double corrected = determinant > 0 ? Math.max(0, determinant - trials() / 2.0) : determinant;
        return corrected / Math.sqrt(margins);
    }

    private static double distance(double a, double b, double correlation) {
        // Rounding can leave a tiny negative number when both agree fully.
        return Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
    }
}
