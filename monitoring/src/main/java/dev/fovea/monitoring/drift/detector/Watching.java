package dev.fovea.monitoring.drift.detector;

import java.time.Instant;

/** What the detector of a version is doing. */
public sealed interface Watching {

    /**
     * Learning what is quiet, before which nothing alarms.
     *
     * @param blocks so far
     * @param blocksNeeded before it can watch
     * @param days of traffic so far
     * @param daysNeeded before the rhythm is known
     */
    record Learning(long blocks, long blocksNeeded, double days, double daysNeeded) implements Watching {}

    /** Comparing new blocks with quiet ones. */
    record NoChange() implements Watching {}

    /**
     * An alarm that holds.
     *
     * @param confirmed the last time at which the evidence since the alarm sufficed for an alarm of its own
     */
    record Alarmed(DriftAlarm alarm, Instant confirmed) implements Watching {}
}
