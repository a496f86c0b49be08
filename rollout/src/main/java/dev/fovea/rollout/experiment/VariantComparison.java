package dev.fovea.rollout.experiment;

import dev.fovea.statistics.Interval;

/**
 * Two versions compared.
 *
 * @param first a version
 * @param second another one
 * @param difference of their means, first less second, with its interval
 * @param gain the same with higher as better
 */
public record VariantComparison(int first, int second, Interval difference, Interval gain) {

    static VariantComparison of(int first, int second, Interval difference, ExperimentMetric.BetterSide better) {
        return new VariantComparison(
                first,
                second,
                difference,
                switch (better) {
                    case HIGHER -> difference;
                    case LOWER -> negated(difference);
                });
    }

    /** Seen from the second. */
    VariantComparison reversed() {
        return new VariantComparison(second, first, negated(difference), negated(gain));
    }

    private static Interval negated(Interval interval) {
        return new Interval(-interval.value(), -interval.high(), -interval.low());
    }
}
