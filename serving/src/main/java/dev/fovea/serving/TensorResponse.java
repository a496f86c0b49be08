package dev.fovea.serving;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.LoadedModel.Inferences;

/** Tensors with who gave them. */
public record TensorResponse(VersionId version, Inferences inferences) {}
