package dev.fovea.serving;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.session.InferenceOutput;
import java.util.Optional;

/**
 * Tensors with who gave them.
 *
 * @param prediction what they say about an image; empty for a request of tensors, and where they cannot be decoded
 */
public record TensorResponse(VersionId version, InferenceOutput inferred, Optional<ServedPrediction> prediction) {

    /** To a request of tensors. */
    public TensorResponse(VersionId version, InferenceOutput inferred) {
        this(version, inferred, Optional.empty());
    }
}
