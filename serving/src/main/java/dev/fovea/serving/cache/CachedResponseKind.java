package dev.fovea.serving.cache;

import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.PredictionResult;

/** The kind of a cached response, stored by name. */
public enum CachedResponseKind {
    ONE_LABEL,
    LABELS,
    DETECTIONS,
    TEXT_REGIONS,
    CLASS_REGIONS,
    EMBEDDING,
    TENSORS;

    static CachedResponseKind of(PredictionResult result) {
        return switch (result) {
            case PredictionResult.OneLabel ignored -> ONE_LABEL;
            case PredictionResult.Labels ignored -> LABELS;
            case PredictionResult.Objects(Decoded.Detections ignored, var ignored2) -> DETECTIONS;
            case PredictionResult.Objects(Decoded.TextRegions ignored, var ignored2) -> TEXT_REGIONS;
            case PredictionResult.Objects(Decoded.ClassRegions ignored, var ignored2) -> CLASS_REGIONS;
            case PredictionResult.Embedding ignored -> EMBEDDING;
            case PredictionResult.Tensors ignored -> TENSORS;
        };
    }
}
