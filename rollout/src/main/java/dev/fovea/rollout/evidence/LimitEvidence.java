package dev.fovea.rollout.evidence;

import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.WorseSide;
import dev.fovea.statistics.sequential.BetaBinomialSequence;
import dev.fovea.statistics.sequential.GradedCounts;
import dev.fovea.statistics.sequential.ProportionTest;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rate against a limit.
 *
 * @param bad number of images on the worse side
 * @param total number of images
 */
public record LimitEvidence(long bad, long total) implements GuardEvidence {

    static final LimitEvidence NONE = new LimitEvidence(0, 0);

    @Override
    public GuardEvidence plus(GuardPlan plan, ArmSums candidate, ArmSums production) {
        GradedCounts more = MeansEvidence.graded(plan.guard(), candidate);
        return new LimitEvidence(bad + more.counts()[1], total + more.total());
    }

    @Override
    public double logWorse(GuardPlan plan) {
        return ProportionTest.logAbove(bad, total, limit(plan.guard()));
    }

    @Override
    public double logWithin(GuardPlan plan, int share) {
        double end = limit(plan.guard()) + plan.margin(share);
        return end >= 1 ? Double.POSITIVE_INFINITY : ProportionTest.logBelow(bad, total, end);
    }

    /** As a rate whose higher side is worse. */
    private static double limit(Guard guard) {
        double limit = guard.limit().orElseThrow();
        return guard.side() == WorseSide.HIGHER ? limit : 1 - limit;
    }

    @Override
    public GuardEstimate estimate(GuardPlan plan) {
        Guard guard = plan.guard();
        long good = guard.side() == WorseSide.HIGHER ? bad : total - bad;
        return new GuardEstimate(
                total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) good / total),
                OptionalDouble.of(guard.limit().orElseThrow()),
                total,
                0);
    }

    @Override
    public GuardIntervals intervals(GuardPlan plan, double level) {
        long good = plan.guard().side() == WorseSide.HIGHER ? bad : total - bad;
        return new GuardIntervals(
                total == 0 ? Optional.empty() : Optional.of(BetaBinomialSequence.of(good, total, level)),
                Optional.empty());
    }

    @Override
    public OptionalDouble needed(GuardPlan plan, int share, double bound) {
        double rate = (bad + 0.5) / (total + 1.0);
        double end = limit(plan.guard()) + plan.margin(share);
        if (rate >= end) {
            return OptionalDouble.empty();
        }
        double gain = rate * Math.log(rate / end) + (1 - rate) * Math.log((1 - rate) / (1 - end));
        return OptionalDouble.of((bound - logWithin(plan, share)) / gain);
    }
}
