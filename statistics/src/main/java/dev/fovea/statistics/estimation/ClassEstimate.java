package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import java.util.Optional;

/**
 * Precision and recall of one class.
 *
 * @param label the class
 * @param predicted how many of the predictions it is
 * @param precision absent where it was never predicted, or no such prediction is labelled
 * @param recall absent where fewer images of the class are expected than a recall means something for
 */
public record ClassEstimate(int label, int predicted, Optional<Interval> precision, Optional<Interval> recall) {}
