package dev.fovea.rollout;

import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.rollout.policy.RolloutPolicy;

/** Rollouts, their sums and policies as JSON. */
public final class RolloutJson {

    private static final Json ROLLOUT = Json.of("rollout", ErrorCode.STORAGE_FAILED);
    private static final Json SUMS = Json.of("sums", ErrorCode.STORAGE_FAILED);
    private static final Json POLICY = Json.of("policy", ErrorCode.ARGUMENT_INVALID);

    private RolloutJson() {}

    public static String write(StagedRollout rollout) {
        return ROLLOUT.write(rollout);
    }

    /** What {@link #write} wrote; {@code STORAGE_FAILED} for anything else. */
    public static StagedRollout rollout(String text) {
        return ROLLOUT.read(text, StagedRollout.class);
    }

    public static String write(TrialSums sums) {
        return SUMS.write(sums);
    }

    /** What {@link #write} wrote; {@code STORAGE_FAILED} for anything else. */
    public static TrialSums sums(String text) {
        return SUMS.read(text, TrialSums.class);
    }

    public static String write(RolloutPolicy policy) {
        return POLICY.write(policy);
    }

    /** A policy as people write it; {@code ARGUMENT_INVALID} names what is wrong with it. */
    public static RolloutPolicy policy(String text) {
        return POLICY.read(text, RolloutPolicy.class);
    }
}
