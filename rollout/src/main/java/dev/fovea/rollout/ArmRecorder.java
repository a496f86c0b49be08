package dev.fovea.rollout;

import dev.fovea.rollout.evidence.ArmSums;
import dev.fovea.rollout.evidence.LatencyCounts;
import dev.fovea.statistics.sequential.GradedCounts;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts one version's requests on their threads, without a lock. */
final class ArmRecorder {

    private static final int FAILED = 1;
    private static final int SUCCEEDED = 0;

    private final AtomicLongArray errors = new AtomicLongArray(2);
    private final AtomicLongArray latency = new AtomicLongArray(LatencyCounts.BUCKETS);
    private final AtomicLongArray confidence = new AtomicLongArray(ArmSums.GRADES);

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

    /** The next grade below or above, at random, so that the mean of many is exact. */
    private static int grade(double value) {
        double place = Math.clamp(value, 0, 1) * (ArmSums.GRADES - 1);
        return Math.min(
                ArmSums.GRADES - 1, (int) (place + ThreadLocalRandom.current().nextDouble()));
    }

    /** What was counted so far. */
    ArmSums sums() {
        return new ArmSums(
                new GradedCounts(values(errors)),
                LatencyCounts.of(values(latency)),
                new GradedCounts(values(confidence)),
                GradedCounts.trials(0, 0),
                GradedCounts.trials(0, 0),
                Collections.emptySortedMap(),
                Collections.emptySortedMap());
    }

    private static long[] values(AtomicLongArray counts) {
        long[] values = new long[counts.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = counts.get(i);
        }
        return values;
    }
}
