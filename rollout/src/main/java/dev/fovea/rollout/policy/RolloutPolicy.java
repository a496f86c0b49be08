package dev.fovea.rollout.policy;

import dev.fovea.statistics.Require;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How a candidate becomes production: in which steps, and what must hold.
 *
 * <p>The error of a wrong rollback is divided evenly over the guards. The error of a wrong promotion is not divided:
 * every guard must be shown to hold, so that the one that does not would have to be missed.
 *
 * @param steps shares that rise to 100 %
 * @param guards one at least
 * @param errors over all guards, steps and looks together
 */
public record RolloutPolicy(List<RolloutStep> steps, List<Guard> guards, DecisionErrors errors) {

    /** How many steps or guards a policy may have. */
    private static final int MOST = 20;

    private static final Duration USUAL_LEAST = Duration.ofMinutes(5);
    private static final Duration USUAL_MOST = Duration.ofDays(1);

    /** 1, 5, 25, 50 and 100 % of the traffic; errors within 1 point, p99 within 25 %, confidence within 2 points. */
    public static final RolloutPolicy USUAL = new RolloutPolicy(
            DoubleStream.of(1, 5, 25, 50, 100)
                    .mapToObj(percent -> new RolloutStep(percent, USUAL_LEAST, USUAL_MOST))
                    .toList(),
            List.of(guard(GuardMetric.ERRORS, 0.01), guard(GuardMetric.P99, 0.25), guard(GuardMetric.CONFIDENCE, 0.02)),
            DecisionErrors.USUAL);

    public RolloutPolicy {
        steps = List.copyOf(steps);
        guards = List.copyOf(guards);
        Require.that(
                steps.size() >= 2 && steps.size() <= MOST,
                "A rollout of %d steps is not possible; give 2 to %d, the last one of 100 %%.",
                steps.size(),
                MOST);
        for (int i = 1; i < steps.size(); i++) {
            Require.that(
                    steps.get(i).percent() > steps.get(i - 1).percent(),
                    "The steps fall from %s %% to %s %%; each must be larger than the one before.",
                    steps.get(i - 1).percent(),
                    steps.get(i).percent());
        }
        Require.that(
                steps.getLast().percent() == 100,
                "The last step is %s %%; it must be 100, where the candidate is in production.",
                steps.getLast().percent());
        Require.that(
                !guards.isEmpty() && guards.size() <= MOST,
                "A rollout with %d guards is not possible; give 1 to %d.",
                guards.size(),
                MOST);
        List<String> names = guards.stream().map(Guard::name).sorted().toList();
        for (int i = 1; i < names.size(); i++) {
            Require.that(
                    !names.get(i).equals(names.get(i - 1)),
                    "The guard %s is there twice; leave one out.",
                    names.get(i));
        }
    }

    /** A guard that compares with production. */
    public static Guard guard(GuardMetric metric, double margin) {
        return new Guard(metric, Optional.empty(), margin, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether a guard watches a metric. */
    public boolean watches(GuardMetric metric) {
        return guards.stream().anyMatch(guard -> guard.metric() == metric);
    }

    /** The number of steps during which candidate and production are compared: all but the last. */
    public int trials() {
        return steps.size() - 1;
    }

    /** The logarithm of the evidence of one guard at which the candidate is rolled back. */
    public double logRollback() {
        return Math.log(guards.size() / errors.rollback());
    }

    /** The logarithm of the evidence of each guard at which the next step is taken. */
    public double logPromotion() {
        return -Math.log(errors.promotion());
    }

    /** The shares of the traffic that have to be earned: those of the second step and on. */
    public List<Double> earned() {
        return steps.stream().skip(1).map(RolloutStep::share).toList();
    }
}
