package dev.fovea.bench.rollout;

import dev.fovea.bench.BenchReport;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.RolloutStart;
import dev.fovea.rollout.RolloutState;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.rollout.policy.DecisionErrors;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.GuardMetric;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Drawn rollouts, each looked at again and again: the share that is promoted although a guard is worse by its margin,
 * the share that is rolled back although both versions are equal, and the mean number of images against a test whose
 * sample size was fixed beforehand for the same error rates.
 */
public final class RolloutBench {

    private static final int LOOK = 250;
    private static final double DAY = 20_000; // requests
    private static final double MARGIN = 0.01;
    private static final double BAR = 0.05;
    private static final DrawnVersion PRODUCTION = new DrawnVersion(0, 0.8, 1);
    private static final Guard ERRORS = RolloutPolicy.guard(GuardMetric.ERRORS, MARGIN);
    private static final Guard CONFIDENCE = RolloutPolicy.guard(GuardMetric.CONFIDENCE, 0.02);
    private static final Guard P99 = RolloutPolicy.guard(GuardMetric.P99, 0.25);

    /** How a run ended, and what it took. */
    private record Run(String decision, long images, long candidates) {}

    private RolloutBench() {}

    /** @param arguments number of runs per row, 2,000 by default */
    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        BenchReport.machine();
        BenchReport.say("%,d runs per row, a look every %d requests, error rate %.0f %% with a daily rhythm of ± half"
                .formatted(runs, LOOK, 100 * DrawnVersion.USUAL_ERRORS));
        RolloutPolicy even = policy(List.of(50.0, 100.0), ERRORS);
        RolloutPolicy steps = policy(List.of(1.0, 5.0, 25.0, 50.0, 100.0), ERRORS);
        RolloutPolicy three = policy(List.of(1.0, 5.0, 25.0, 50.0, 100.0), ERRORS, CONFIDENCE, P99);
        DrawnVersion failing = new DrawnVersion(MARGIN, 0.8, 1);
        BenchReport.say("%nworse by the margin of one guard".formatted());
        row(runs, "errors, half of the traffic", even, failing, "promoted");
        row(runs, "errors, five steps", steps, failing, "promoted");
        row(runs, "errors, five steps, three guards", three, failing, "promoted");
        row(runs, "confidence, five steps, three guards", three, new DrawnVersion(0, 0.75, 1), "promoted");
        row(runs, "p99, five steps, three guards", three, new DrawnVersion(0, 0.8, 1.25), "promoted");
        BenchReport.say("%nequal".formatted());
        row(runs, "errors, half of the traffic", even, PRODUCTION, "rolled-back");
        row(runs, "errors, five steps", steps, PRODUCTION, "rolled-back");
        row(runs, "errors, five steps, three guards", three, PRODUCTION, "rolled-back");
        BenchReport.say("%nworse by five margins".formatted());
        row(runs, "errors, five steps, three guards", three, new DrawnVersion(5 * MARGIN, 0.8, 1), "promoted");
        BenchReport.say("%nfixed sample size for 5 %% and 5 %%, known rate: %,d images, half of them the candidate's"
                .formatted(2 * fixed()));
    }

    private static RolloutPolicy policy(List<Double> percents, Guard... guards) {
        return new RolloutPolicy(
                percents.stream()
                        .map(percent -> new RolloutStep(percent, Duration.ZERO, Duration.ofDays(365)))
                        .toList(),
                List.of(guards),
                DecisionErrors.USUAL);
    }

    /** Images per version of the usual test of two proportions, one-sided. */
    private static long fixed() {
        double z = new NormalDistribution().inverseCumulativeProbability(1 - BAR);
        double worse = DrawnVersion.USUAL_ERRORS + MARGIN;
        double variance = DrawnVersion.USUAL_ERRORS * (1 - DrawnVersion.USUAL_ERRORS) + worse * (1 - worse);
        return (long) Math.ceil(4 * z * z * variance / (MARGIN * MARGIN));
    }

    private static void row(int runs, String what, RolloutPolicy policy, DrawnVersion candidate, String wrong) {
        List<Run> results = IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> run(policy, candidate, run))
                .toList();
        long wrongs =
                results.stream().filter(run -> run.decision().equals(wrong)).count();
        Interval interval = WilsonInterval.of(wrongs, runs);
        String ends = results.stream()
                .collect(Collectors.groupingBy(Run::decision, TreeMap::new, Collectors.counting()))
                .toString();
        BenchReport.say(
                "  %-40s %-12s %5.2f %% (95 %%: %.2f–%.2f)  %s  images %,.0f, of the candidate %,.0f (fixed: %,d)"
                        .formatted(
                                what,
                                wrong,
                                100 * interval.value(),
                                100 * interval.low(),
                                100 * interval.high(),
                                ends,
                                results.stream()
                                        .mapToLong(Run::images)
                                        .average()
                                        .orElse(0),
                                results.stream()
                                        .mapToLong(Run::candidates)
                                        .average()
                                        .orElse(0),
                                fixed()));
        BenchReport.maximum("  wrong", 100 * interval.value(), 100 * BAR, " %");
    }

    private static Run run(RolloutPolicy policy, DrawnVersion candidate, int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        StagedRollout rollout = StagedRollout.started(
                "simulated",
                new VersionId("simulated", 2),
                1,
                policy,
                new RolloutStart(Instant.EPOCH, "bench", "", Optional.empty()));
        TrialSums sums = TrialSums.NONE;
        long images = 0;
        long candidates = 0;
        long limit = 40 * fixed();
        while (rollout.percent().isPresent() && images < limit) {
            double share = rollout.percent().get() / 100;
            int first = 0;
            for (int i = 0; i < LOOK; i++) {
                first += random.nextDouble() < share ? 1 : 0;
            }
            double time = 2 * Math.PI * images / DAY;
            sums = sums.plus(new TrialSums(
                    candidate.requests(first, time, random), PRODUCTION.requests(LOOK - first, time, random)));
            images += LOOK;
            candidates += first;
            rollout = rollout.looked(sums, Duration.ofSeconds(1));
        }
        String decision = rollout.state() instanceof RolloutState.Ending ending
                ? ending.outcome().label()
                : "undecided";
        return new Run(decision, images, candidates);
    }
}
