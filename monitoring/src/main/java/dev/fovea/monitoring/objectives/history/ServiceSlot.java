package dev.fovea.monitoring.objectives.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The requests of a model in a stretch of time on one server.
 *
 * @param minutes its length: {@value #SHORT}, and {@value #LONG} when it is some days old
 */
public record ServiceSlot(Instant start, int minutes, ServiceCounts counts) {

    /** Minutes of a slot that burn rates are computed from. */
    public static final int SHORT = 5;

    /** Minutes of a slot of the history. */
    public static final int LONG = 60;

    private static final long SHORT_SECONDS = Duration.ofMinutes(SHORT).toSeconds();

    /** The time after it. */
    public Instant end() {
        return start.plus(Duration.ofMinutes(minutes));
    }

    /** The start of the short slot that a moment is in. */
    static Instant startOf(Instant moment) {
        Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
        return second.minusSeconds(Math.floorMod(second.getEpochSecond(), SHORT_SECONDS));
    }
}
