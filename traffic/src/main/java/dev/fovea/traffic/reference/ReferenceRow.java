package dev.fovea.traffic.reference;

import dev.fovea.runtime.ImageObservation;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.TrueLabels;
import java.util.Optional;

/**
 * One held-out image through the serving path. Nothing tells which image it was: there is no name, no hash and no
 * pixel.
 *
 * @param output what the version predicts
 * @param observed measures and embedding, as live requests have them
 * @param truth what the image shows, where it is labelled
 */
public record ReferenceRow(PredictedOutput output, ImageObservation observed, Optional<TrueLabels> truth) {}
