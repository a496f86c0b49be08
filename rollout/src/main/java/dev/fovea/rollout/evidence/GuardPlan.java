package dev.fovea.rollout.evidence;

import dev.fovea.rollout.policy.Guard;
import java.util.List;

/**
 * A guard and the shares of traffic that its evidence has to earn. At a share the candidate may be worse by the margin
 * divided by the share, so that all traffic together is worse by no more than the margin; p99 keeps its margin, and
 * more of the candidate's requests may be slow.
 */
public record GuardPlan(Guard guard, List<Double> shares) {

    /** What the candidate may be worse by at a share of all traffic. */
    double margin(int share) {
        return guard.margin() / shares.get(share);
    }
}
