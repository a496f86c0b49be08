package dev.fovea.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Totals of one version, across restarts.
 *
 * @param succeeded number of successful requests
 * @param failed number of failed requests
 * @param spent total duration of each stage over successful requests
 * @param last end of the last successful request, in this process
 */
public record StageTotals(
        int version, long succeeded, long failed, Map<Stage, Duration> spent, Optional<Instant> last) {

    public StageTotals {
        Map<Stage, Duration> copy = new EnumMap<>(Stage.class);
        copy.putAll(spent);
        spent = Collections.unmodifiableMap(copy);
    }
}
