package dev.fovea.rollout;

import dev.fovea.rollout.evidence.ArmSums;
import dev.fovea.rollout.evidence.LatencyCounts;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.GuardMetric;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.ValueRange;
import dev.fovea.statistics.sequential.GradedCounts;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts one version's requests on their threads, without a lock; the lock guards business figures, which are few. */
final class ArmRecorder {

    private static final int FAILED = 1;
    private static final int SUCCEEDED = 0;

    private final AtomicLongArray errors = new AtomicLongArray(2);
    private final AtomicLongArray latency = new AtomicLongArray(LatencyCounts.BUCKETS);
    private final AtomicLongArray confidence = new AtomicLongArray(ArmSums.GRADES);
    private final SortedMap<String, ValueRange> ranges = new TreeMap<>();
    private final SortedMap<String, GradedCounts> ranged = new TreeMap<>(); // guarded by this
    private final SortedMap<String, Moments> figures = new TreeMap<>(); // guarded by this

    /** Counts the figures that guards of a policy name. */
    ArmRecorder(RolloutPolicy policy) {
        for (Guard guard : policy.guards()) {
            if (guard.metric() == GuardMetric.KPI) {
                String name = guard.figure().orElseThrow();
                guard.range().ifPresentOrElse(range -> ranges.put(name, range), () -> figures.put(name, Moments.NONE));
            }
        }
        ranges.keySet().forEach(name -> ranged.put(name, GradedCounts.none(ArmSums.GRADES)));
    }

    void failed() {
        errors.incrementAndGet(FAILED);
    }

    /**
     * A request that succeeded.
     *
     * @param nanos of its latency; empty for a cached response
     * @param sure its mean confidence, where there is one
     */
    void succeeded(OptionalDouble nanos, OptionalDouble sure) {
        errors.incrementAndGet(SUCCEEDED);
        nanos.ifPresent(time -> latency.incrementAndGet(LatencyCounts.bucket((long) time)));
        sure.ifPresent(value -> confidence.incrementAndGet(grade(value)));
    }

    /** A value of a business figure; one that no guard names is ignored. */
    synchronized void figure(String name, double value) {
        ValueRange range = ranges.get(name);
        if (range != null) {
            long[] one = new long[ArmSums.GRADES];
            one[grade(range.place(value))] = 1;
            ranged.merge(name, new GradedCounts(one), GradedCounts::plus);
        }
        figures.computeIfPresent(name, (ignored, moments) -> moments.with(value));
    }

    /** The next grade below or above, at random, so that the mean of many is exact. */
    private static int grade(double value) {
        double place = Math.clamp(value, 0, 1) * (ArmSums.GRADES - 1);
        return Math.min(
                ArmSums.GRADES - 1, (int) (place + ThreadLocalRandom.current().nextDouble()));
    }

    /** What was counted so far. */
    synchronized ArmSums sums() {
        return new ArmSums(
                new GradedCounts(values(errors)),
                LatencyCounts.of(values(latency)),
                new GradedCounts(values(confidence)),
                GradedCounts.trials(0, 0),
                GradedCounts.trials(0, 0),
                ranged,
                figures);
    }

    private static long[] values(AtomicLongArray counts) {
        long[] values = new long[counts.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = counts.get(i);
        }
        return values;
    }
}
