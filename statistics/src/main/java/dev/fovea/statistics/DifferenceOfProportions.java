package dev.fovea.statistics;

/**
 * The difference of two independent proportions: method 10 of R. G. Newcombe, "Interval estimation for the difference
 * between independent proportions", Statistics in Medicine 17 (1998) 873–890, which combines the Wilson intervals of
 * both. Pure.
 */
public final class DifferenceOfProportions {

    private DifferenceOfProportions() {}

    /** The interval of the first proportion less the second, from the Wilson interval of each at the same level. */
    public static Interval of(Interval first, Interval second) {
        double difference = first.value() - second.value();
        double below = Math.hypot(first.value() - first.low(), second.high() - second.value());
        double above = Math.hypot(first.high() - first.value(), second.value() - second.low());
        return Interval.within(difference, difference - below, difference + above, -1, 1);
    }
}
