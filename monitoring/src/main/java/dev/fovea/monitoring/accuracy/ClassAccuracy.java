package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.Interval;
import java.util.Optional;

/**
 * Precision and recall of one class.
 *
 * @param label the class
 * @param predicted predictions of it
 * @param precision absent where nothing is known of it
 * @param recall absent where too few images of the class are expected or labelled
 */
public record ClassAccuracy(String label, int predicted, Optional<Interval> precision, Optional<Interval> recall) {}
