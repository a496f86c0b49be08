package dev.fovea.rollout.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A guard's evidence over the whole rollout, and that of each step by itself, which finds a candidate that turns bad
 * later. The mean of both, with equal weights of the steps, is an e-process again. Immutable.
 *
 * @param all since the start
 * @param current since the step began
 * @param finished logarithms of the evidence of earlier steps when they ended
 * @param course what it showed so far, in the order of images
 */
public record GuardProgress(GuardEvidence all, GuardEvidence current, List<Double> finished, List<GuardPoint> course) {

    /**
     * Images of each version that a step takes at least, also where the margin allows any candidate: what nobody has
     * seen at work gets no larger share.
     */
    public static final long LEAST_IMAGES = 20;

    private static final double LEAST_LOG = -1e9;

    public GuardProgress {
        finished = List.copyOf(finished);
        course = List.copyOf(course);
    }

    /** Before the first block. */
    public static GuardProgress none(GuardPlan plan) {
        GuardEvidence none = GuardEvidence.none(plan);
        return new GuardProgress(none, none, List.of(), List.of());
    }

    /** With what was counted since the last look. */
    public GuardProgress plus(GuardPlan plan, ArmSums candidate, ArmSums production) {
        GuardEvidence more = all.plus(plan, candidate, production);
        return new GuardProgress(
                more, current.plus(plan, candidate, production), finished, GuardPoint.with(course, plan, more));
    }

    /** At the beginning of the next step. */
    public GuardProgress next(GuardPlan plan) {
        List<Double> ended = new ArrayList<>(finished);
        ended.add(Math.max(LEAST_LOG, current.logWorse(plan)));
        return new GuardProgress(all, GuardEvidence.none(plan), ended, course);
    }

    /**
     * What speaks for the next step, as a share of what it takes; 1 or more takes it.
     *
     * @param share index of the share of traffic
     * @param bound that the logarithm of the evidence has to reach
     */
    public double next(GuardPlan plan, int share, double bound) {
        return Math.min((double) seen(plan) / LEAST_IMAGES, all.logWithin(plan, share) / bound);
    }

    /** Images that count: of the candidate, or of production where it is compared with that and has fewer. */
    public long seen(GuardPlan plan) {
        GuardEstimate estimate = all.estimate(plan);
        return plan.guard().limit().isPresent() ? estimate.images() : Math.min(estimate.images(), estimate.compared());
    }

    /**
     * The logarithm of the evidence that the candidate is worse.
     *
     * @param steps of the whole rollout
     */
    public double logWorse(GuardPlan plan, int steps) {
        double started = DoubleStream.concat(
                        finished.stream().mapToDouble(Math::exp), DoubleStream.of(Math.exp(current.logWorse(plan))))
                .sum();
        double others = Math.max(0, steps - finished.size() - 1);
        double byStep = (started + others) / Math.max(steps, finished.size() + 1);
        return Math.log((Math.exp(all.logWorse(plan)) + byStep) / 2);
    }
}
