package dev.fovea.rollout;

import dev.fovea.json.DurationText;
import dev.fovea.rollout.RolloutState.Advancing;
import dev.fovea.rollout.evidence.GuardEstimate;
import dev.fovea.rollout.evidence.GuardIntervals;
import dev.fovea.rollout.evidence.GuardPlan;
import dev.fovea.rollout.evidence.GuardProgress;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import dev.fovea.statistics.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What follows from the evidence: a crossed guard rolls back at once; the next step takes its least time and all
 * guards; a step ends undecided after its most time. Pure.
 *
 * @param rollout with the newest evidence
 * @param step index of the current one
 * @param elapsed time in it
 */
record RolloutDecision(StagedRollout rollout, int step, Duration elapsed) {

    /** The rollout after the decision. */
    StagedRollout decided() {
        Optional<StagedRollout> crossed = guarded();
        if (crossed.isPresent()) {
            return crossed.get();
        }
        RolloutPolicy policy = rollout.policy();
        RolloutStep now = policy.steps().get(step);
        boolean mayGoOn = elapsed.compareTo(now.least()) >= 0;
        if (mayGoOn && lacking().isEmpty()) {
            return step + 1 == policy.trials()
                    ? rollout.decided(new RolloutOutcome.Promoted(Optional.empty(), "all guards hold"))
                    : rollout.inStep(step + 1);
        }
        if (elapsed.compareTo(now.most()) >= 0) {
            String reason = "at %s %% there was not enough evidence within %s"
                    .formatted(shown(now.percent()), DurationText.typed(now.most()));
            return rollout.decided(new RolloutOutcome.Undecided(reason, lacking()));
        }
        return rollout.with(new Advancing(step, elapsed));
    }

    /** Rolled back if a guard is crossed. */
    Optional<StagedRollout> guarded() {
        RolloutPolicy policy = rollout.policy();
        List<GuardPlan> plans = RolloutEvidence.plans(policy);
        for (int i = 0; i < plans.size(); i++) {
            GuardProgress progress = rollout.evidence().guards().get(i);
            if (progress.logWorse(plans.get(i), policy.trials()) >= policy.logRollback()) {
                GuardEstimate estimate = progress.all().estimate(plans.get(i));
                String name = plans.get(i).guard().name();
                GuardIntervals known = progress.all().intervals(plans.get(i), Interval.DEFAULT_LEVEL);
                String reason =
                        "%s: %s against %s over %,d images%s; at most %s %% of candidates that are not worse are rolled back"
                                .formatted(
                                        name,
                                        shown(estimate.candidate(), known.candidate()),
                                        shown(estimate.reference(), known.reference()),
                                        estimate.images(),
                                        known.candidate().isPresent() ? " (95 % intervals over all looks)" : "",
                                        shown(100 * policy.errors().rollback()));
                return Optional.of(rollout.decided(new RolloutOutcome.RolledBack(reason, Optional.of(name))));
            }
        }
        return Optional.empty();
    }

    /** The guards that are not shown to hold at the next step's share. */
    List<GuardNeed> lacking() {
        double bound = rollout.policy().logPromotion();
        List<GuardPlan> plans = RolloutEvidence.plans(rollout.policy());
        List<GuardNeed> needs = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            GuardProgress progress = rollout.evidence().guards().get(i);
            if (progress.next(plans.get(i), step, bound) < 1) {
                needs.add(need(plans.get(i), progress));
            }
        }
        return needs;
    }

    private GuardNeed need(GuardPlan plan, GuardProgress progress) {
        String name = plan.guard().name();
        GuardEstimate estimate = progress.all().estimate(plan);
        if (estimate.images() == 0) {
            return new GuardNeed(name, OptionalLong.empty(), name + ": nothing was seen of the candidate");
        }
        if (progress.seen(plan) < GuardProgress.LEAST_IMAGES) {
            return new GuardNeed(
                    name,
                    OptionalLong.empty(),
                    "%s: a step takes %d images of each version that is compared (%,d of the candidate%s so far)"
                            .formatted(
                                    name,
                                    GuardProgress.LEAST_IMAGES,
                                    estimate.images(),
                                    plan.guard().limit().isPresent()
                                            ? ""
                                            : ", %,d of production".formatted(estimate.compared())));
        }
        OptionalDouble images =
                progress.all().needed(plan, step, rollout.policy().logPromotion());
        String seen = "%s against %s".formatted(shown(estimate.candidate()), shown(estimate.reference()));
        if (images.isEmpty()) {
            return new GuardNeed(
                    name, OptionalLong.empty(), "%s: more images would not show it (%s)".formatted(name, seen));
        }
        long count = Math.max(1, (long) Math.ceil(images.getAsDouble()));
        return new GuardNeed(
                name,
                OptionalLong.of(count),
                "%s: about %,d more images of the candidate (%s so far)".formatted(name, count, seen));
    }

    /** With its interval, where there are enough images for one. */
    private static String shown(OptionalDouble value, Optional<Interval> known) {
        return shown(value)
                + known.map(interval -> " (%s to %s)".formatted(shown(interval.low()), shown(interval.high())))
                        .orElse("");
    }

    private static String shown(OptionalDouble value) {
        return value.isEmpty() ? "unknown" : shown(value.getAsDouble());
    }

    private static String shown(double value) {
        String text = String.format(Locale.ROOT, "%.4g", value);
        return text.contains(".") && !text.contains("e")
                ? text.replaceAll("0+$", "").replaceAll("\\.$", "")
                : text;
    }
}
