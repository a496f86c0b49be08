package dev.fovea.serving;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.session.InferenceOutput;

/** Tensors with who gave them. */
public record TensorResponse(VersionId version, InferenceOutput inferred) {}
