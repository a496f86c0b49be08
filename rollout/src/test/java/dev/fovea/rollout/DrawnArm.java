package dev.fovea.rollout;

import dev.fovea.rollout.evidence.ArmSums;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.statistics.sequential.GradedCounts;
import java.util.OptionalDouble;

/** One version of a drawn rollout, with labels as the store has them. */
final class DrawnArm {

    private final ArmRecorder recorder;
    private long right;
    private long labels;

    DrawnArm(RolloutPolicy policy) {
        this.recorder = new ArmRecorder(policy);
    }

    void failed() {
        recorder.failed();
    }

    void succeeded(OptionalDouble nanos, OptionalDouble confidence) {
        recorder.succeeded(nanos, confidence);
    }

    void figure(String name, double value) {
        recorder.figure(name, value);
    }

    void labelled(boolean isRight) {
        right += isRight ? 1 : 0;
        labels++;
    }

    ArmSums sums() {
        return recorder.sums().with(GradedCounts.trials(right, labels), GradedCounts.trials(0, 0));
    }
}
