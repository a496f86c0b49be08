package dev.fovea.runtime.tuning;

import dev.fovea.runtime.InstanceSettings;

/**
 * What a setting was measured to do.
 *
 * @param perSecond throughput in images per second under full load
 * @param p50Millis median latency under that load
 * @param p99Millis 99th percentile of it
 */
public record TuningTrial(InstanceSettings setting, double perSecond, double p50Millis, double p99Millis) {

    public TuningTrial {
        if (!isFigure(perSecond) || !isFigure(p50Millis) || !isFigure(p99Millis)) {
            throw new IllegalArgumentException(
                    "a trial of %s with %s responses/s, p50 %s ms, p99 %s ms is no measurement"
                            .formatted(setting, perSecond, p50Millis, p99Millis));
        }
    }

    private static boolean isFigure(double value) {
        return Double.isFinite(value) && value >= 0;
    }
}
