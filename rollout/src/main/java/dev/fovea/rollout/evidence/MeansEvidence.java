package dev.fovea.rollout.evidence;

import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.ValueRange;
import dev.fovea.rollout.policy.WorseSide;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.sequential.BetaBinomialSequence;
import dev.fovea.statistics.sequential.GradedCounts;
import dev.fovea.statistics.sequential.MixedEvidence;
import dev.fovea.statistics.sequential.TwoSampleBet;
import dev.fovea.statistics.sequential.TwoSampleBet.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The difference of two means of values in [0, 1], with 1 as the worse end: safe tests of blocks, bets of which come
 * from earlier blocks only. Blocks wait until they are large enough to hold both versions in about their shares.
 *
 * @param candidate values of complete blocks
 * @param production values of complete blocks
 * @param waiting values of the next block
 * @param compared values of production of the next block
 * @param worse evidence for each of {@link #WORSE}
 * @param within evidence at each share for each of {@link #WITHIN}
 */
public record MeansEvidence(
        GradedCounts candidate,
        GradedCounts production,
        GradedCounts waiting,
        GradedCounts compared,
        MixedEvidence worse,
        List<MixedEvidence> within)
        implements GuardEvidence {

    private static final int BLOCK = 20;

    /** Differences for which the evidence of a worse candidate grows fastest, in margins. */
    private static final double[] WORSE = {1, 2, 4, 8, 16, 32};

    /** Differences for which the evidence of a good candidate grows fastest, in margins. */
    private static final double[] WITHIN = {0, 0.5, -1, -4};

    private static final double LARGEST = 0.95;

    public MeansEvidence {
        within = List.copyOf(within);
    }

    static MeansEvidence none(GuardPlan plan) {
        GradedCounts none = graded(plan.guard(), ArmSums.NONE);
        return new MeansEvidence(
                none,
                none,
                none,
                none,
                MixedEvidence.none(WORSE.length),
                plan.shares().stream()
                        .map(share -> MixedEvidence.none(WITHIN.length))
                        .toList());
    }

    /** The guard's values, with 1 as the worse end. */
    static GradedCounts graded(Guard guard, ArmSums sums) {
        GradedCounts counts = switch (guard.metric()) {
            case ERRORS -> sums.errors();
            case AGREEMENT -> sums.agreement();
            case CONFIDENCE -> sums.confidence();
            case ACCURACY -> sums.accuracy();
            case KPI -> sums.ranged().getOrDefault(guard.figure().orElseThrow(), GradedCounts.none(ArmSums.GRADES));
            case P99 -> throw new IllegalArgumentException("p99 is no mean");
        };
        return guard.side() == WorseSide.HIGHER ? counts : counts.mirrored();
    }

    @Override
    public GuardEvidence plus(GuardPlan plan, ArmSums candidateSums, ArmSums productionSums) {
        GradedCounts first = waiting.plus(graded(plan.guard(), candidateSums));
        GradedCounts second = compared.plus(graded(plan.guard(), productionSums));
        if (first.total() == 0 || second.total() == 0 || first.total() + second.total() < BLOCK) {
            return new MeansEvidence(candidate, production, first, second, worse, within);
        }
        boolean known = candidate.total() > 0 && production.total() > 0; // else there is nothing to bet on
        double unit = plan.guard().margin() / width(plan.guard());
        double[] gains = new double[WORSE.length];
        for (int i = 0; i < gains.length; i++) {
            Expected expected = Expected.of(candidate, production, Math.min(LARGEST, WORSE[i] * unit));
            gains[i] = known ? TwoSampleBet.logE(first, second, 0, expected) : 0;
        }
        List<MixedEvidence> shown = new ArrayList<>();
        for (int share = 0; share < within.size(); share++) {
            shown.add(within.get(share).plus(good(first, second, plan.margin(share) / width(plan.guard()))));
        }
        GradedCounts none = GradedCounts.none(first.counts().length);
        return new MeansEvidence(candidate.plus(first), production.plus(second), none, none, worse.plus(gains), shown);
    }

    /** Against "worse by a margin or more"; nothing is at stake where no candidate can be so bad. */
    private double[] good(GradedCounts first, GradedCounts second, double margin) {
        double[] gains = new double[WITHIN.length];
        if (margin < 1 && candidate.total() > 0 && production.total() > 0) {
            for (int i = 0; i < gains.length; i++) {
                Expected expected = Expected.of(
                        candidate.mirrored(),
                        production.mirrored(),
                        Math.clamp(-WITHIN[i] * margin, -LARGEST, LARGEST));
                gains[i] = TwoSampleBet.logE(first.mirrored(), second.mirrored(), -margin, expected);
            }
        }
        return gains;
    }

    @Override
    public double logWorse(GuardPlan plan) {
        return worse.log();
    }

    @Override
    public double logWithin(GuardPlan plan, int share) {
        return plan.margin(share) / width(plan.guard()) >= 1
                ? Double.POSITIVE_INFINITY
                : within.get(share).log();
    }

    private static double width(Guard guard) {
        return guard.range().map(ValueRange::width).orElse(1.0);
    }

    /** From a value with 1 as the worse end to the metric's own. */
    private static DoubleUnaryOperator shown(Guard guard) {
        return value -> {
            double place = guard.side() == WorseSide.HIGHER ? value : 1 - value;
            return guard.range()
                    .map(range -> range.low() + place * range.width())
                    .orElse(place);
        };
    }

    @Override
    public GuardIntervals intervals(GuardPlan plan, double level) {
        DoubleUnaryOperator shown = shown(plan.guard());
        return new GuardIntervals(
                interval(candidate.plus(waiting), level).map(found -> mapped(found, shown)),
                interval(production.plus(compared), level).map(found -> mapped(found, shown)));
    }

    /** Exact for yes and no; for finer values it holds for large samples. */
    private static Optional<Interval> interval(GradedCounts counts, double level) {
        long total = counts.total();
        if (counts.counts().length == 2) {
            return total == 0
                    ? Optional.empty()
                    : Optional.of(BetaBinomialSequence.of(counts.counts()[1], total, level));
        }
        double mean = total == 0 ? 0 : counts.sum() / total;
        return GuardIntervals.ofMean(total, mean, variance(counts), level)
                .map(found -> Interval.within(mean, found.low(), found.high(), 0, 1));
    }

    private static Interval mapped(Interval found, DoubleUnaryOperator shown) {
        double low = shown.applyAsDouble(found.low());
        double high = shown.applyAsDouble(found.high());
        return new Interval(shown.applyAsDouble(found.value()), Math.min(low, high), Math.max(low, high));
    }

    @Override
    public GuardEstimate estimate(GuardPlan plan) {
        GradedCounts mine = candidate.plus(waiting);
        GradedCounts other = production.plus(compared);
        DoubleUnaryOperator shown = shown(plan.guard());
        return new GuardEstimate(mean(mine, shown), mean(other, shown), mine.total(), other.total());
    }

    private static OptionalDouble mean(GradedCounts counts, DoubleUnaryOperator shown) {
        return counts.total() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(shown.applyAsDouble(counts.sum() / counts.total()));
    }

    @Override
    public OptionalDouble needed(GuardPlan plan, int share, double bound) {
        long n1 = candidate.total();
        long n2 = production.total();
        if (n1 < 2 || n2 < 2) {
            return OptionalDouble.empty();
        }
        double variance = variance(candidate) / n1 + variance(production) / n2;
        double left = plan.margin(share) / width(plan.guard()) - (candidate.sum() / n1 - production.sum() / n2);
        double missing = bound - logWithin(plan, share);
        return left <= 0 ? OptionalDouble.empty() : OptionalDouble.of(n1 * 2 * missing * variance / (left * left));
    }

    /** With two values more, so that no variance is 0. */
    private static double variance(GradedCounts counts) {
        double n = counts.total() + 2.0;
        double mean = (counts.sum() + 1) / n;
        return Math.max(0, (counts.squares() + 1) / n - mean * mean);
    }
}
