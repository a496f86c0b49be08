package dev.fovea.runtime;

import dev.fovea.runtime.session.InferenceOutput;
import java.util.Optional;

/**
 * A network's raw outputs for an image, and what they say.
 *
 * @param inferred the outputs, with a first axis of 1
 * @param prediction decoded from them; empty where they cannot be decoded, which is no error for a caller of raw
 *     outputs
 */
public record ImageOutputs(InferenceOutput inferred, Optional<Prediction> prediction) {}
