package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.Interval;
import java.util.List;

/**
 * Accuracy without labels, from confidence.
 *
 * @param accuracy with its 95 % interval, which holds the error of the calibration
 * @param heldOut images that calibrate
 * @param trust whether to trust it
 * @param classes by class
 */
public record EstimatedAccuracy(Interval accuracy, int heldOut, Trust trust, List<ClassAccuracy> classes) {
    public EstimatedAccuracy {
        classes = List.copyOf(classes);
    }
}
