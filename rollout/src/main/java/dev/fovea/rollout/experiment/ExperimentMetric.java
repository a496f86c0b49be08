package dev.fovea.rollout.experiment;

import dev.fovea.rollout.policy.ValueRange;
import dev.fovea.statistics.Require;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an experiment compares: a business figure per unit. The values of a unit are added up; a unit without any counts
 * as 0.
 *
 * @param figure its name, as of {@code POST /v1/kpis}
 * @param kind what is made of a unit's sum
 * @param range of a unit's sum, where it is a number; sums outside count as its ends
 * @param better which side is better
 */
public record ExperimentMetric(String figure, FigureKind kind, Optional<ValueRange> range, BetterSide better) {

    /** What is made of a unit's sum. */
    public enum FigureKind {
        /** Yes or no: 1 for a sum above 0. */
        CONVERSION,
        /** The sum itself. */
        NUMBER
    }

    /** Which side is better. */
    public enum BetterSide {
        HIGHER,
        LOWER
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public ExperimentMetric {
        Require.that(
                NAME.matcher(figure).matches(),
                "The figure \"%s\" is no name of a business figure; it has 1 to 64 of A-Z a-z 0-9 _ . -",
                figure);
        Require.that(
                kind == FigureKind.NUMBER || range.isEmpty(),
                "The figure %s is yes or no and has no range. Leave it out, or state the kind number.",
                figure);
        range.ifPresent(ends -> Require.that(
                ends.low() <= 0 && ends.high() >= 0,
                "The range of %s is %s to %s. It must hold 0, because a unit without a value counts as 0.",
                figure,
                ends.low(),
                ends.high()));
    }

    /** The value of a unit with a sum. */
    public double of(double sum) {
        return switch (kind) {
            case CONVERSION -> sum > 0 ? 1 : 0;
            case NUMBER ->
                range.map(ends -> Math.clamp(sum, ends.low(), ends.high())).orElse(sum);
        };
    }

    /** A difference with higher as better. */
    double gain(double difference) {
        return better == BetterSide.HIGHER ? difference : -difference;
    }
}
