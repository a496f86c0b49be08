package dev.fovea.rollout.evidence;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.sequential.AsymptoticSequence;
import java.util.Optional;

/**
 * Confidence sequences of a guard's metric: each holds at every look, with the level that it was asked for.
 *
 * @param candidate empty before there are enough values
 * @param reference of production; empty with a limit, and before there are enough values
 */
public record GuardIntervals(Optional<Interval> candidate, Optional<Interval> reference) {

    /** Values from which on a sequence is stated whose theory is asymptotic. */
    private static final long FIRST = 20;

    /** Values at which it is tightest. */
    private static final double TIGHTEST = 1000;

    /** The sequence of a mean, for large samples; empty for too few values. */
    static Optional<Interval> ofMean(long count, double mean, double variance, double level) {
        return count < FIRST
                ? Optional.empty()
                : Optional.of(AsymptoticSequence.of(count, mean, variance, level, TIGHTEST));
    }
}
