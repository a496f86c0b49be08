package dev.fovea.serving;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.LoadedModel.Inferences;

/** Tensors with who gave them. */
public record TensorAnswer(VersionId version, Inferences inferences) {}
