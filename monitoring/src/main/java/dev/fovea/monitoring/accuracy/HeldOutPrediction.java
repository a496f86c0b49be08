package dev.fovea.monitoring.accuracy;

import dev.fovea.runtime.ImageObservation;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.TrueLabels;

/**
 * An image with true labels that a version was not trained on, as the version predicted it.
 *
 * @param output the prediction
 * @param truth what it shows
 * @param observed measures and embedding; {@link ImageObservation#NONE} where they were not kept
 */
public record HeldOutPrediction(PredictedOutput output, TrueLabels truth, ImageObservation observed) {}
