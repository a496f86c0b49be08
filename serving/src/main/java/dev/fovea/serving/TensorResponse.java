package dev.fovea.serving;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.session.Inferred;

/** Tensors with who gave them. */
public record TensorResponse(VersionId version, Inferred inferred) {}
