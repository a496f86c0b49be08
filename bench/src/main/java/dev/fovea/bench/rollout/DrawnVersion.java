package dev.fovea.bench.rollout;

import dev.fovea.rollout.evidence.ArmSums;
import dev.fovea.rollout.evidence.LatencyCounts;
import dev.fovea.statistics.sequential.GradedCounts;
import java.util.Collections;
import java.util.random.RandomGenerator;

/**
 * The requests of a version: its rate of errors follows a rhythm that both versions have, its latency is log-normal.
 *
 * @param worse share of requests that fail beyond the usual
 * @param sure the share of predictions with a confidence of 0.95; the others have 0.55
 * @param slower factor of the latency, whose p99 is 127 ms at 1
 */
record DrawnVersion(double worse, double sure, double slower) {

    private static final double NANOS_PER_MS = 1e6;
    private static final double TYPICAL_MS = 50;
    private static final double SPREAD = 0.4;
    private static final int SURE = 95;
    private static final int UNSURE = 55;
    private static final double RHYTHM = 0.5;

    /** Mean share of requests that fail. */
    static final double USUAL_ERRORS = 0.02;

    /** The sums of so many requests at a time of the day, in radians. */
    ArmSums requests(int count, double time, RandomGenerator random) {
        double rate = USUAL_ERRORS * (1 + RHYTHM * Math.sin(time)) + worse;
        long failed = 0;
        long[] latency = new long[LatencyCounts.BUCKETS];
        long[] confidence = new long[ArmSums.GRADES];
        for (int i = 0; i < count; i++) {
            if (random.nextDouble() < rate) {
                failed++;
                continue;
            }
            double ms = slower * TYPICAL_MS * Math.exp(SPREAD * random.nextGaussian());
            latency[LatencyCounts.bucket((long) (ms * NANOS_PER_MS))]++;
            confidence[random.nextDouble() < sure ? SURE : UNSURE]++;
        }
        return new ArmSums(
                GradedCounts.trials(failed, count),
                LatencyCounts.of(latency),
                new GradedCounts(confidence),
                GradedCounts.none(2),
                GradedCounts.none(2),
                Collections.emptySortedMap(),
                Collections.emptySortedMap());
    }
}
