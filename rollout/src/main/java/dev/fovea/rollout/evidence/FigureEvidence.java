package dev.fovea.rollout.evidence;

import dev.fovea.rollout.policy.WorseSide;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.sequential.GaussianTest;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The difference of two means of a figure without a range. Its error rates hold for large samples: blocks of 20 values
 * and more, weighted by the variances of earlier blocks, the first 100 values of each version only give variances.
 *
 * @param candidate values of complete blocks
 * @param production values of complete blocks
 * @param waiting values of the next block
 * @param compared values of production of the next block
 * @param score sum of the blocks' differences, each divided by its variance, with higher as worse
 * @param information sum of 1 divided by the variances
 */
public record FigureEvidence(
        Moments candidate, Moments production, Moments waiting, Moments compared, double score, double information)
        implements GuardEvidence {

    static final FigureEvidence NONE = new FigureEvidence(Moments.NONE, Moments.NONE, Moments.NONE, Moments.NONE, 0, 0);

    private static final long LEARNED = 100;
    private static final long BLOCK = 20;

    @Override
    public GuardEvidence plus(GuardPlan plan, ArmSums candidateSums, ArmSums productionSums) {
        String name = plan.guard().figure().orElseThrow();
        Moments first = waiting.plus(candidateSums.figures().getOrDefault(name, Moments.NONE));
        Moments second = compared.plus(productionSums.figures().getOrDefault(name, Moments.NONE));
        if (first.count() == 0 || second.count() == 0 || first.count() + second.count() < BLOCK) {
            return new FigureEvidence(candidate, production, first, second, score, information);
        }
        double weight = 0;
        if (candidate.count() >= LEARNED && production.count() >= LEARNED) {
            double variance = candidate.variance() / first.count() + production.variance() / second.count();
            weight = variance > 0 ? 1 / variance : 0;
        }
        double difference = first.mean() - second.mean();
        double worse = plan.guard().side() == WorseSide.HIGHER ? difference : -difference;
        return new FigureEvidence(
                candidate.plus(first),
                production.plus(second),
                Moments.NONE,
                Moments.NONE,
                score + weight * worse,
                information + weight);
    }

    @Override
    public double logWorse(GuardPlan plan) {
        return GaussianTest.logAbove(score, information, plan.guard().margin());
    }

    @Override
    public double logWithin(GuardPlan plan, int share) {
        double margin = plan.margin(share);
        return GaussianTest.logAbove(margin * information - score, information, margin);
    }

    @Override
    public GuardEstimate estimate(GuardPlan plan) {
        Moments mine = candidate.plus(waiting);
        Moments other = production.plus(compared);
        return new GuardEstimate(mean(mine), mean(other), mine.count(), other.count());
    }

    @Override
    public GuardIntervals intervals(GuardPlan plan, double level) {
        return new GuardIntervals(interval(candidate.plus(waiting), level), interval(production.plus(compared), level));
    }

    private static Optional<Interval> interval(Moments moments, double level) {
        return GuardIntervals.ofMean(moments.count(), moments.mean(), moments.variance(), level);
    }

    private static OptionalDouble mean(Moments moments) {
        return moments.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(moments.mean());
    }

    @Override
    public OptionalDouble needed(GuardPlan plan, int share, double bound) {
        if (information == 0) {
            return OptionalDouble.empty();
        }
        double left = plan.margin(share) - score / information;
        double missing = bound - logWithin(plan, share);
        return left <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(candidate.count() * 2 * missing / (left * left * information));
    }
}
