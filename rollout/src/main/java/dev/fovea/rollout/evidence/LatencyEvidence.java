package dev.fovea.rollout.evidence;

import dev.fovea.rollout.policy.Guard;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.sequential.ProportionTest;
import dev.fovea.statistics.sequential.QuantileSequence;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * The 99th percentile of latency against a limit, or against that of production: the smallest evidence over all places
 * where production's percentile may lie, each the mean of the evidence that it lies elsewhere and of the evidence about
 * the candidate, if it lay there. The count beyond the true percentile is that of a proportion, as in S. R. Howard and
 * A. Ramdas, "Sequential estimation of quantiles", Bernoulli 28 (2022) 1704–1728. Buckets of 2 % count to the side that
 * weakens the evidence.
 */
public record LatencyEvidence(LatencyCounts candidate, LatencyCounts production) implements GuardEvidence {

    static final LatencyEvidence NONE = new LatencyEvidence(LatencyCounts.NONE, LatencyCounts.NONE);

    private static final double QUANTILE = 0.99;
    private static final double BEYOND = 1 - QUANTILE;

    @Override
    public GuardEvidence plus(GuardPlan plan, ArmSums candidateSums, ArmSums productionSums) {
        return new LatencyEvidence(candidate.plus(candidateSums.latency()), production.plus(productionSums.latency()));
    }

    @Override
    public double logWorse(GuardPlan plan) {
        Guard guard = plan.guard();
        if (guard.limit().isPresent()) {
            return above(candidate, LatencyCounts.bucketOf(guard.limit().get()) + 1);
        }
        return smallest(bucket -> above(candidate, bucket + 1), 1);
    }

    /** At a share of the traffic, one percent of all requests may be slow ones of the candidate. */
    @Override
    public double logWithin(GuardPlan plan, int share) {
        double beyond = BEYOND / plan.shares().get(share);
        if (beyond >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        Guard guard = plan.guard();
        if (guard.limit().isPresent()) {
            int end = LatencyCounts.bucketOf(guard.limit().get() * (1 + guard.margin()));
            return below(candidate, end, beyond);
        }
        int allowed = LatencyCounts.bucketsIn(guard.margin());
        return smallest(bucket -> below(candidate, bucket + allowed, beyond), -1);
    }

    /**
     * The smallest evidence over the buckets of production's percentile. It lies on one side of the observed one, as
     * the evidence about the candidate falls to that side only.
     */
    private double smallest(IntToDoubleFunction aboutCandidate, int direction) {
        int start = production.quantile(QUANTILE);
        double smallest = Double.POSITIVE_INFINITY;
        int before = Math.clamp(start - direction, 0, LatencyCounts.BUCKETS - 1);
        for (int bucket = before; bucket >= 0 && bucket < LatencyCounts.BUCKETS; bucket += direction) {
            double elsewhere = mean(below(production, bucket, BEYOND), above(production, bucket + 1));
            smallest = Math.min(smallest, mean(elsewhere, aboutCandidate.applyAsDouble(bucket)));
            boolean passed = (bucket - start) * direction > 0;
            if (passed && elsewhere - Math.log(2) > smallest) {
                break; // it only grows from here
            }
        }
        return smallest;
    }

    /** Evidence that more than 1 % lie in a bucket and beyond. */
    private static double above(LatencyCounts counts, int bucket) {
        return ProportionTest.logAbove(counts.from(bucket), counts.total(), BEYOND);
    }

    /** Evidence that less than a share lies in a bucket and beyond. */
    private static double below(LatencyCounts counts, int bucket, double share) {
        return ProportionTest.logBelow(counts.from(bucket), counts.total(), share);
    }

    private static double mean(double log1, double log2) {
        double most = Math.max(log1, log2);
        return most == Double.NEGATIVE_INFINITY
                ? most
                : most + Math.log((Math.exp(log1 - most) + Math.exp(log2 - most)) / 2);
    }

    @Override
    public GuardEstimate estimate(GuardPlan plan) {
        boolean limited = plan.guard().limit().isPresent();
        return new GuardEstimate(
                millis(candidate),
                limited ? OptionalDouble.of(plan.guard().limit().get()) : millis(production),
                candidate.total(),
                limited ? 0 : production.total());
    }

    @Override
    public GuardIntervals intervals(GuardPlan plan, double level) {
        return new GuardIntervals(
                interval(candidate, level),
                plan.guard().limit().isPresent() ? Optional.empty() : interval(production, level));
    }

    /** Empty while the percentile has no upper bound. */
    private static Optional<Interval> interval(LatencyCounts counts, double level) {
        QuantileSequence.Ranks ranks = QuantileSequence.ranks(counts.total(), QUANTILE, level);
        if (ranks.high() > counts.total()) {
            return Optional.empty();
        }
        double value = LatencyCounts.millis(counts.quantile(QUANTILE));
        return Optional.of(Interval.within(
                value,
                LatencyCounts.millis(counts.ofRank((double) ranks.low())),
                LatencyCounts.millis(counts.ofRank((double) ranks.high()) + 1),
                0,
                Double.MAX_VALUE));
    }

    private static OptionalDouble millis(LatencyCounts counts) {
        return counts.total() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(LatencyCounts.millis(counts.quantile(QUANTILE)));
    }

    /** In proportion to the evidence so far. */
    @Override
    public OptionalDouble needed(GuardPlan plan, int share, double bound) {
        double shown = logWithin(plan, share);
        return shown <= 0 ? OptionalDouble.empty() : OptionalDouble.of(candidate.total() * (bound - shown) / shown);
    }
}
