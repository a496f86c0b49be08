package dev.fovea.rollout;

import dev.fovea.rollout.evidence.ArmSums;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.ValueRange;
import dev.fovea.statistics.sequential.GradedCounts;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** One version of a drawn rollout, with labels and business figures as the store has them. */
final class DrawnArm {

    private final ArmRecorder recorder = new ArmRecorder();
    private final Optional<ValueRange> range;
    private final long[] ranged = new long[ArmSums.GRADES];
    private Moments moments = Moments.NONE;
    private String figure = "";
    private long right;
    private long labels;

    /** With the range of the policy's first guard. */
    DrawnArm(RolloutPolicy policy) {
        this.range = policy.guards().stream().findFirst().flatMap(Guard::range);
    }

    void failed() {
        recorder.failed();
    }

    void succeeded(OptionalDouble nanos, OptionalDouble confidence) {
        recorder.succeeded(nanos, confidence);
    }

    void figure(String name, double value) {
        figure = name;
        range.ifPresent(within -> ranged[(int) Math.round(within.place(value) * (ArmSums.GRADES - 1))]++);
        moments = moments.with(value);
    }

    void labelled(boolean isRight) {
        right += isRight ? 1 : 0;
        labels++;
    }

    ArmSums sums() {
        SortedMap<String, GradedCounts> graded = new TreeMap<>();
        SortedMap<String, Moments> sums = new TreeMap<>();
        if (!figure.isEmpty()) {
            graded.put(figure, new GradedCounts(ranged));
            sums.put(figure, moments);
        }
        return recorder.sums().with(GradedCounts.trials(right, labels), GradedCounts.trials(0, 0), graded, sums);
    }
}
