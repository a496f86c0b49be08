package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.drift.detector.SeenChange;
import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
 * @param findings what was found, and what would be
 */
public record DriftReport(
        VersionId version,
        DriftPhase phase,
        String statement,
        DriftSettings settings,
        DriftProgress progress,
        DriftEvidence evidence,
        DriftFindings findings) {

    public DriftReport {
        Objects.requireNonNull(findings, "a report without findings is of an earlier program");
    }

    /** The smallest changes that would be seen within a day. */
    public List<SeenChange> seen() {
        return findings.seen();
    }

    /** The alarm that holds. */
    public Optional<DriftAlarm> alarm() {
        return findings.alarm();
    }

    /** When the version's first traffic came that its detector knows; empty before. */
    public Optional<Instant> began() {
        return progress.began();
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
     * @param began when the first block began; empty without one
     * @param blocks of traffic since learning began
     * @param images of those blocks
     * @param waiting images that do not fill a block yet
     */
    public record DriftProgress(Instant updated, Optional<Instant> began, long blocks, long images, long waiting) {}

    /**
     * What was found, and what would be.
     *
     * @param seen the smallest changes that would be seen within a day
     * @param alarm the alarm that holds
     * @param origin where its change comes from
     * @param unlikeHeldOut how all traffic differs from the held-out images; {@code before} is their value
     */
    public record DriftFindings(
            List<SeenChange> seen,
            Optional<DriftAlarm> alarm,
            AlarmOrigin origin,
            List<DriftAlarm.Finding> unlikeHeldOut) {

        public DriftFindings {
            seen = List.copyOf(seen);
            unlikeHeldOut = List.copyOf(unlikeHeldOut);
        }
    }

    /**
     * The evidence of a change.
     *
     * @param days of all tests together
     * @param threshold at which it is an alarm, in days; 0 while nothing is watched
     * @param tests each test's part, in days
     */
    public record DriftEvidence(double days, double threshold, List<DriftAlarm.TestShare> tests) {}
}
