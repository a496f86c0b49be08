package dev.fovea.rollout.policy;

import dev.fovea.statistics.Require;

/**
 * How often a rollout may decide wrongly, whatever the number of looks, guards and steps.
 *
 * @param promotion highest probability of promoting a candidate that is worse by the margin of a guard or more
 * @param rollback highest probability of rolling back a candidate that is worse on no guard
 */
public record DecisionErrors(double promotion, double rollback) {

    /** 5 % each. */
    public static final DecisionErrors USUAL = new DecisionErrors(0.05, 0.05);

    public DecisionErrors {
        require("promotion", promotion);
        require("rollback", rollback);
    }

    private static void require(String name, double error) {
        Require.that(
                error >= 1e-6 && error <= 0.5,
                "The error rate of a wrong %s is %s; give 0.000001 to 0.5, usually 0.05.",
                name,
                error);
    }
}
