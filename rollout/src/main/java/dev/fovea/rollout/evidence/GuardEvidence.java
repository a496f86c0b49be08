package dev.fovea.rollout.evidence;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.GuardMetric;
import java.util.OptionalDouble;

/** The evidence of one guard. Its e-processes may be looked at after every block. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MeansEvidence.class, name = "means"),
    @JsonSubTypes.Type(value = LimitEvidence.class, name = "limit"),
    @JsonSubTypes.Type(value = LatencyEvidence.class, name = "latency"),
    @JsonSubTypes.Type(value = FigureEvidence.class, name = "figure")
})
public sealed interface GuardEvidence permits MeansEvidence, LimitEvidence, LatencyEvidence, FigureEvidence {

    /** Before the first block. */
    static GuardEvidence none(GuardPlan plan) {
        Guard guard = plan.guard();
        if (guard.metric() == GuardMetric.P99) {
            return LatencyEvidence.NONE;
        }
        if (guard.limit().isPresent()) {
            return LimitEvidence.NONE;
        }
        return guard.metric() == GuardMetric.KPI && guard.range().isEmpty()
                ? FigureEvidence.NONE
                : MeansEvidence.none(plan);
    }

    /** With what was counted since the last block. */
    GuardEvidence plus(GuardPlan plan, ArmSums candidate, ArmSums production);

    /** The logarithm of the evidence that the candidate is worse. */
    double logWorse(GuardPlan plan);

    /**
     * The logarithm of the evidence that the candidate is worse by less than the margin.
     *
     * @param share index of the share of traffic
     */
    double logWithin(GuardPlan plan, int share);

    /** What was seen so far. */
    GuardEstimate estimate(GuardPlan plan);

    /** What is known of the metric at this and every other look. */
    GuardIntervals intervals(GuardPlan plan, double level);

    /**
     * How many more images of the candidate it would take until the evidence reaches a bound, if the rest is like what
     * was seen; empty where it would never.
     */
    OptionalDouble needed(GuardPlan plan, int share, double bound);
}
