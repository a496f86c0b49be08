package dev.fovea.monitoring.drift;

import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a version's drift.
 *
 * @param version which
 * @param phase what its detector is doing
 * @param statement that in words
 * @param settings what the owner stated
 * @param progress the traffic so far
 * @param evidence of a change now
 * @param seen the smallest changes that would be seen within a day
 * @param alarm the alarm that holds
 */
public record DriftReport(
        VersionId version,
        DriftPhase phase,
        String statement,
        DriftSettings settings,
        DriftProgress progress,
        DriftEvidence evidence,
        List<SeenChange> seen,
        Optional<DriftAlarm> alarm) {

    public DriftReport {
        seen = List.copyOf(seen);
    }

    /** What a detector is doing. */
    public enum DriftPhase {
        /** It learns what is quiet, and nothing alarms. */
        LEARNING,
        /** It compares traffic with quiet traffic. */
        WATCHING,
        /** Traffic has changed. */
        ALARM
    }

    /**
     * The traffic so far.
     *
     * @param updated when this was made
     * @param blocks of traffic since learning began
     * @param images of those blocks
     * @param waiting images that do not fill a block yet
     */
    public record DriftProgress(Instant updated, long blocks, long images, long waiting) {}

    /**
     * The evidence of a change.
     *
     * @param days of all tests together
     * @param threshold at which it is an alarm, in days; 0 while nothing is watched
     * @param tests each test's part, in days
     */
    public record DriftEvidence(double days, double threshold, List<DriftAlarm.TestShare> tests) {}
}
