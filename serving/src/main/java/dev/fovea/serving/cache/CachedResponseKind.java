package dev.fovea.serving.cache;

import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Result;

/** What follows in an answer's bytes; the names are in them. */
public enum CachedResponseKind {
    ONE_LABEL,
    LABELS,
    DETECTIONS,
    TEXT_REGIONS,
    CLASS_REGIONS,
    EMBEDDING,
    TENSORS;

    static CachedResponseKind of(Result result) {
        return switch (result) {
            case Result.OneLabel ignored -> ONE_LABEL;
            case Result.Labels ignored -> LABELS;
            case Result.Objects(Decoded.Detections ignored, var ignored2) -> DETECTIONS;
            case Result.Objects(Decoded.TextRegions ignored, var ignored2) -> TEXT_REGIONS;
            case Result.Objects(Decoded.ClassRegions ignored, var ignored2) -> CLASS_REGIONS;
            case Result.Embedding ignored -> EMBEDDING;
            case Result.Tensors ignored -> TENSORS;
        };
    }
}
