package dev.fovea.runtime.tuning;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about running one model on one machine.
 *
 * @param target the requested 99th-percentile latency; empty optimizes throughput alone
 * @param trials every setting that was measured, fastest first
 */
public record Tuning(Optional<Duration> target, List<TuningTrial> trials) {

    /** Settings within this share of the best throughput count as equal; the one with the lowest latency is chosen. */
    private static final double SAME = 0.97;

    public Tuning {
        trials = trials.stream()
                .sorted(Comparator.comparingDouble(TuningTrial::perSecond).reversed())
                .toList();
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** Whether a setting meets the latency target. */
    public boolean meets(TuningTrial trial) {
        return target.map(limit -> trial.p99Millis() <= limit.toNanos() / 1e6).orElse(true);
    }

    /**
     * The trial whose setting is to be used: of those within the target the fastest; among equally fast ones the one
     * with the lowest p99. When none is within the target, the one with the lowest p99.
     */
    public TuningTrial chosen() {
        List<TuningTrial> within = trials.stream().filter(this::meets).toList();
        if (within.isEmpty()) {
            return trials.stream()
                    .min(Comparator.comparingDouble(TuningTrial::p99Millis))
                    .orElseThrow();
        }
        double minPerSecond = within.getFirst().perSecond() * SAME;
        return within.stream()
                .filter(trial -> trial.perSecond() >= minPerSecond)
                .min(Comparator.comparingDouble(TuningTrial::p99Millis))
                .orElseThrow();
    }
}
