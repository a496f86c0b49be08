package dev.fovea.serving;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.Prediction;

/**
 * A prediction with who gave it.
 *
 * @param version which model version answered
 * @param prediction what it said
 * @param nanos from the request's arrival to its answer
 */
public record Answer(VersionId version, Prediction prediction, long nanos) {}
