package dev.fovea.rollout;

import dev.fovea.json.DurationText;
import dev.fovea.rollout.RolloutState.Advancing;
import dev.fovea.rollout.evidence.GuardEstimate;
import dev.fovea.rollout.evidence.GuardPlan;
import dev.fovea.rollout.evidence.GuardProgress;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
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
                    .formatted(shown(now.percent()), DurationText.of(now.most()));
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
                String reason = "%s: %s against %s over %,d images"
                        .formatted(name, shown(estimate.candidate()), shown(estimate.reference()), estimate.images());
                return Optional.of(
                        rollout.decided(new RolloutOutcome.RolledBack(Optional.empty(), reason, Optional.of(name))));
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
            if (progress.all().logWithin(plans.get(i), step) < bound) {
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
