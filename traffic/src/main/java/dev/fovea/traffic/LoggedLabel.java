package dev.fovea.traffic;

/**
 * A label of a prediction.
 *
 * @param score its probability, or its share of the image's pixels for a segmentation; 0 to 1
 */
public record LoggedLabel(String label, float score) {}
