package dev.fovea.monitoring.objectives;

import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The stretches of time over which burn rates are computed. */
public enum BurnWindow {
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    HALF_HOUR("30m", Duration.ofMinutes(30)),
    HOUR("1h", Duration.ofHours(1)),
    TWO_HOURS("2h", Duration.ofHours(2)),
    SIX_HOURS("6h", Duration.ofHours(6)),
    DAY("1d", Duration.ofDays(1)),
    THREE_DAYS("3d", Duration.ofDays(3));

    private final String word;
    private final Duration length;

    BurnWindow(String word, Duration length) {
        this.word = word;
        this.length = length;
    }

    /** As Prometheus writes it. */
    public String word() {
        return word;
    }

    public Duration length() {
        return length;
    }

    /** The counts of the slots that end in the last part of the time before a moment. */
    ServiceCounts counts(List<ServiceSlot> slots, Instant now) {
        Instant from = now.minus(length);
        return slots.stream()
                .filter(slot -> slot.end().isAfter(from))
                .map(ServiceSlot::counts)
                .reduce(ServiceCounts.NONE, ServiceCounts::plus);
    }
}
