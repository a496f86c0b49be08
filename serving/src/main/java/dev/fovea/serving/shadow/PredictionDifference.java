package dev.fovea.serving.shadow;

/**
 * How the predictions of two versions for one image differ.
 *
 * @param weight how much, above 0 and up to 1: for one label per image the total variation distance of the two
 *     distributions; else the highest confidence of what only one version predicts, or the share of pixels with another
 *     class
 * @param production what only production predicts, in words; may be empty
 * @param candidate what only the candidate predicts, in words; may be empty
 */
public record PredictionDifference(double weight, String production, String candidate) {}
