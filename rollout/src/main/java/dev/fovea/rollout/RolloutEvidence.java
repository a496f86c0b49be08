package dev.fovea.rollout;

import dev.fovea.rollout.evidence.GuardPlan;
import dev.fovea.rollout.evidence.GuardProgress;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.rollout.policy.RolloutPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * The evidence of all guards. Immutable.
 *
 * @param seen the sums that are part of it
 * @param guards in the order of the policy
 */
public record RolloutEvidence(TrialSums seen, List<GuardProgress> guards) {

    public RolloutEvidence {
        guards = List.copyOf(guards);
    }

    /** Before the first request. */
    static RolloutEvidence none(RolloutPolicy policy) {
        return new RolloutEvidence(
                TrialSums.NONE, plans(policy).stream().map(GuardProgress::none).toList());
    }

    /** The guards with the shares that they have to earn. */
    public static List<GuardPlan> plans(RolloutPolicy policy) {
        return policy.guards().stream()
                .map(guard -> new GuardPlan(guard, policy.earned()))
                .toList();
    }

    /** With the sums as they are now. */
    RolloutEvidence looked(RolloutPolicy policy, TrialSums sums) {
        TrialSums now = sums.keeping(seen);
        TrialSums block = now.since(seen);
        List<GuardPlan> plans = plans(policy);
        List<GuardProgress> more = new ArrayList<>();
        for (int i = 0; i < guards.size(); i++) {
            more.add(guards.get(i).plus(plans.get(i), block.candidate(), block.production()));
        }
        return new RolloutEvidence(now, more);
    }

    /** At the beginning of the next step. */
    RolloutEvidence next(RolloutPolicy policy) {
        List<GuardPlan> plans = plans(policy);
        List<GuardProgress> more = new ArrayList<>();
        for (int i = 0; i < guards.size(); i++) {
            more.add(guards.get(i).next(plans.get(i)));
        }
        return new RolloutEvidence(seen, more);
    }
}
