package dev.fovea.serving;

import dev.fovea.runtime.PictureRequest;

/** A picture for a model. */
public record PredictionRequest(Target target, PictureRequest picture) {}
