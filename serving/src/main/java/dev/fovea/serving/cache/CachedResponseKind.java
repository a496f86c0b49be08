package dev.fovea.serving.cache;

import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.PredictionResult;

/** The kind of a cached response, stored by name. */
public enum CachedResponseKind {
    ONE_LABEL,
    LABELS,
    TASKS,
    DETECTIONS,
    TEXT_REGIONS,
    CLASS_REGIONS,
    EMBEDDING,
    TENSORS;

    static CachedResponseKind of(PredictionResult result) {
        return switch (result) {
            case PredictionResult.LabelResult ignored -> ONE_LABEL;
            case PredictionResult.MultiLabelResult ignored -> LABELS;
            case PredictionResult.MultiTaskResult ignored -> TASKS;
            case PredictionResult.ObjectResult(Decoded.Detections ignored, var ignored2) -> DETECTIONS;
            case PredictionResult.ObjectResult(Decoded.TextRegions ignored, var ignored2) -> TEXT_REGIONS;
            case PredictionResult.ObjectResult(Decoded.ClassRegions ignored, var ignored2) -> CLASS_REGIONS;
            case PredictionResult.EmbeddingResult ignored -> EMBEDDING;
            case PredictionResult.TensorResult ignored -> TENSORS;
        };
    }
}
