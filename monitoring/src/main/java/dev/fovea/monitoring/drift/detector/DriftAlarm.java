package dev.fovea.monitoring.drift.detector;

import java.time.Instant;
import java.util.List;

/**
 * A change of a version's traffic.
 *
 * @param raised when it was found: the end of the block that completed the evidence
 * @param since when it began, with its interval
 * @param images number of images from then to {@code raised}
 * @param blocks number of blocks from then to {@code raised}
 * @param tests that carry the evidence, the strongest first
 * @param findings what changed, the clearest first
 */
public record DriftAlarm(
        Instant raised, Since since, long images, int blocks, List<TestShare> tests, List<Finding> findings) {

    public DriftAlarm {
        tests = List.copyOf(tests);
        findings = List.copyOf(findings);
    }

    /**
     * When a change began.
     *
     * @param likely start of the most probable first changed block
     * @param earliest lower end of the 95 % interval
     * @param latest upper end
     */
    public record Since(Instant likely, Instant earliest, Instant latest) {}

    /**
     * A test and its share of the evidence.
     *
     * @param share 0 to 1
     */
    public record TestShare(String test, double share) {}

    /**
     * A number of the images that changed.
     *
     * @param name of the coordinate
     * @param unit in words; empty without one
     * @param before the plain value that was expected at this time of the day and week
     * @param after the plain value since the change
     * @param deviations standard errors between them
     */
    public record Finding(String name, String unit, double before, double after, double deviations) {}
}
