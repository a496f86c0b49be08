package dev.fovea.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one version has done in all, over restarts.
 *
 * @param answered requests that ended with an answer
 * @param failed requests that ended with an error
 * @param spent time that the answered ones spent in each stage
 * @param last when the last of them ended, in this process
 */
public record StageTotals(int version, long answered, long failed, Map<Stage, Duration> spent, Optional<Instant> last) {

    public StageTotals {
        Map<Stage, Duration> copy = new EnumMap<>(Stage.class);
        copy.putAll(spent);
        spent = Collections.unmodifiableMap(copy);
    }
}
