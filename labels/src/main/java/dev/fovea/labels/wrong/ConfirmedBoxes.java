package dev.fovea.labels.wrong;

import dev.fovea.statistics.Interval;

/**
 * Labelled boxes of a class that a detector confirms.
 *
 * @param label the class
 * @param boxes labelled with it
 * @param share of them with a prediction of the class in the same place, at 95 % confidence
 */
public record ConfirmedBoxes(String label, long boxes, Interval share) {}
