package dev.fovea.monitoring.findings;

import dev.fovea.statistics.Interval;
import java.util.List;

/**
 * Precision without labels, from the scores of what was found.
 *
 * @param precision of all findings, with its 95 % interval
 * @param heldOut images that calibrate
 * @param classes by class; recall is not known without labels
 */
public record EstimatedPrecision(Interval precision, int heldOut, List<FindingFigures> classes) {
    public EstimatedPrecision {
        classes = List.copyOf(classes);
    }
}
