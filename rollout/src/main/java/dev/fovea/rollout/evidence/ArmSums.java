package dev.fovea.rollout.evidence;

import dev.fovea.statistics.sequential.GradedCounts;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What was counted of one version during a rollout. Sums of servers and of times add up. Immutable.
 *
 * @param errors requests, 1 for those that failed
 * @param latency of responses that ran the network
 * @param confidence of predictions
 * @param accuracy predictions with a known label, 1 for those that were correct
 * @param agreement images that both versions saw, 1 for those with equal predictions
 * @param ranged business figures as places in their range, by name
 * @param figures business figures without a range, by name
 */
public record ArmSums(
        GradedCounts errors,
        LatencyCounts latency,
        GradedCounts confidence,
        GradedCounts accuracy,
        GradedCounts agreement,
        SortedMap<String, GradedCounts> ranged,
        SortedMap<String, Moments> figures) {

    /** Number of grades of values between 0 and 1. */
    public static final int GRADES = 101;

    private static final int YES_OR_NO = 2;

    /** Of no request. */
    public static final ArmSums NONE = new ArmSums(
            GradedCounts.none(YES_OR_NO),
            LatencyCounts.NONE,
            GradedCounts.none(GRADES),
            GradedCounts.none(YES_OR_NO),
            GradedCounts.none(YES_OR_NO),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());

    public ArmSums {
        ranged = Collections.unmodifiableSortedMap(new TreeMap<>(ranged));
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    }

    /** Both together. */
    public ArmSums plus(ArmSums other) {
        return new ArmSums(
                errors.plus(other.errors),
                latency.plus(other.latency),
                confidence.plus(other.confidence),
                accuracy.plus(other.accuracy),
                agreement.plus(other.agreement),
                merged(ranged, other.ranged, GradedCounts.none(GRADES), GradedCounts::plus),
                merged(figures, other.figures, Moments.NONE, Moments::plus));
    }

    /** What came since an earlier state. */
    public ArmSums since(ArmSums earlier) {
        return new ArmSums(
                errors.since(earlier.errors),
                latency.since(earlier.latency),
                confidence.since(earlier.confidence),
                accuracy.since(earlier.accuracy),
                agreement.since(earlier.agreement),
                merged(ranged, earlier.ranged, GradedCounts.none(GRADES), GradedCounts::since),
                merged(figures, earlier.figures, Moments.NONE, Moments::since));
    }

    /** With what is stored elsewhere of an earlier state, where some was taken back since: evidence is not. */
    ArmSums keeping(ArmSums earlier) {
        return new ArmSums(
                errors,
                latency,
                confidence,
                accuracy.atLeast(earlier.accuracy),
                agreement.atLeast(earlier.agreement),
                merged(ranged, earlier.ranged, GradedCounts.none(GRADES), GradedCounts::atLeast),
                merged(figures, earlier.figures, Moments.NONE, Moments::atLeast));
    }

    /** With what is stored elsewhere: labelled predictions, images that both versions saw, and business figures. */
    public ArmSums with(
            GradedCounts labelled,
            GradedCounts compared,
            SortedMap<String, GradedCounts> kpis,
            SortedMap<String, Moments> unbounded) {
        return new ArmSums(errors, latency, confidence, labelled, compared, kpis, unbounded);
    }

    private static <T> SortedMap<String, T> merged(
            SortedMap<String, T> first, SortedMap<String, T> second, T none, BinaryOperator<T> both) {
        SortedMap<String, T> all = new TreeMap<>(first);
        second.forEach((name, value) -> all.put(name, both.apply(first.getOrDefault(name, none), value)));
        return all;
    }
}
