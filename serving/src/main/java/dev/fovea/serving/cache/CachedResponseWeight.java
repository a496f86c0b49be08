package dev.fovea.serving.cache;

import dev.fovea.imaging.geometry.Mask;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import java.util.List;

/**
 * Bytes that a prediction takes on the heap, with its key and its place in the cache, on a 64-bit machine with
 * compressed references: objects begin with 12 bytes, arrays with 16, and all end on a multiple of 8. Labels are the
 * model's own and not counted.
 */
final class CachedResponseWeight {

    /** Key, map and queue nodes, the prediction's record, its header. */
    private static final int ENTRY = 256;

    private static final int REFERENCE = 4;
    private static final int LIST = 40;
    private static final int RANKED = 24;
    private static final int CLASSIFICATION = 40 + 2 * 16;
    private static final int HEAT_MAP = 16 + 24 + 24 + 16;
    private static final int DETECTION = 32 + 32;
    private static final int TEXT_REGION = 24 + 16;
    private static final int POINT = 24;
    private static final int CLASS_REGION = 24;
    private static final int MASK = 16 + 24 + 24 + 16;
    private static final int TENSOR = 32 + 2 * 56 + 16;

    /** The record, its array and its optional. */
    private static final int OBSERVATION = 24 + 16 + 16;
    /** The record, those of its parts, the quality and the camera's text. */
    private static final int MEASURES = 32 + 48 + 32 + 40 + 40 + 24 + 16 + 24 + 16;

    private CachedResponseWeight() {}

    static long bytes(Prediction prediction) {
        return ENTRY + bytes(prediction.result()) + bytes(prediction.observed());
    }

    private static long bytes(ImageObservation observed) {
        return OBSERVATION
                + (long) observed.embedding().length * Float.BYTES
                + observed.measures()
                        .map(measures -> MEASURES
                                + measures.file().camera().map(String::length).orElse(0))
                        .orElse(0);
    }

    private static long bytes(PredictionResult result) {
        return switch (result) {
            case PredictionResult.LabelResult(var classification, var heatMap) ->
                bytes(classification)
                        + heatMap.map(map -> HEAT_MAP + (long) map.values().length * Float.BYTES)
                                .orElse(0L);
            case PredictionResult.MultiLabelResult(var scores, double ignored) ->
                LIST + (long) scores.size() * (REFERENCE + RANKED);
            case PredictionResult.MultiTaskResult(var tasks) ->
                LIST
                        + tasks.stream()
                                .mapToLong(task -> REFERENCE + bytes(task.classification()))
                                .sum();
            case PredictionResult.ObjectResult(Decoded decoded, List<String> ignored) -> LIST + bytes(decoded);
            case PredictionResult.EmbeddingResult(float[] values) -> 32 + (long) values.length * Float.BYTES;
            case PredictionResult.TensorResult(var tensors) ->
                LIST + tensors.stream().mapToLong(CachedResponseWeight::bytes).sum();
        };
    }

    private static long bytes(Classification classification) {
        return CLASSIFICATION + (long) classification.size() * (Float.BYTES + Double.BYTES);
    }

    private static long bytes(Decoded decoded) {
        return LIST
                + switch (decoded) {
                    case Decoded.Detections(var found) ->
                        found.stream().mapToLong(CachedResponseWeight::bytes).sum();
                    case Decoded.TextRegions(var found) ->
                        found.stream().mapToLong(CachedResponseWeight::bytes).sum();
                    case Decoded.ClassRegions(var found) ->
                        found.stream().mapToLong(CachedResponseWeight::bytes).sum();
                };
    }

    private static long bytes(Detection detection) {
        return REFERENCE
                + DETECTION
                + detection.mask().map(CachedResponseWeight::bytes).orElse(0L);
    }

    private static long bytes(TextRegion region) {
        return REFERENCE + TEXT_REGION + LIST + (long) region.outline().points().size() * (REFERENCE + POINT);
    }

    private static long bytes(ClassRegion region) {
        return REFERENCE + CLASS_REGION + bytes(region.mask());
    }

    private static long bytes(Mask mask) {
        return MASK + (long) mask.counts().size() * Integer.BYTES;
    }

    private static long bytes(Tensor tensor) {
        return TENSOR
                + tensor.shape().length * (long) Long.BYTES
                + tensor.bytes().remaining();
    }
}
