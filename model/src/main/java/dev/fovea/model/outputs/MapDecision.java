package dev.fovea.model.outputs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.PixelValues;
import dev.fovea.model.graph.ArgMaxClasses;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;
import java.util.Locale;

/**
 * What a map of pixels holds, decided from the graph and from trial runs: a score for each class, the class's index, or
 * one probability.
 *
 * @param decoder the map as it is to be read
 * @param reason what was decided and why
 */
public record MapDecision(DecoderConfig.SemanticMap decoder, String reason) {

    /** What data sets write for pixels of no class. */
    private static final int VOID = 255;

    /**
     * Decides.
     *
     * @param requested the output's name; with other values than scores, and with scores that fit, it stays as it is
     * @param labels at least one
     * @param outputs what each output gave in the trial runs
     * @throws FoveaException {@code DECODER_INVALID} for an output that is no map, {@code LABELS_MISMATCH}
     */
    public static MapDecision of(
            OnnxModel model, DecoderConfig.SemanticMap requested, List<String> labels, List<ObservedOutput> outputs) {
        ObservedOutput seen = outputs.stream()
                .filter(output -> output.name().equals(requested.output()))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.DECODER_INVALID,
                        "The decoder reads the output \"%s\", but the model gives %s. Correct the decoder."
                                .formatted(
                                        requested.output(),
                                        outputs.stream()
                                                .map(ObservedOutput::name)
                                                .toList())));
        PixelValues values = requested.values() == PixelValues.SCORES
                ? values(seen, OutputOrigin.of(model, seen.name()).kind(), labels)
                : requested.values();
        if (values == PixelValues.CLASSES) {
            ArgMaxClasses.require(model, seen.name(), labels.size());
        }
        requireFit(values, seen, labels);
        return new MapDecision(
                new DecoderConfig.SemanticMap(requested.output(), values, requested.threshold()),
                reason(values, seen, labels, requested));
    }

    private static PixelValues values(ObservedOutput seen, OriginKind kind, List<String> labels) {
        List<Long> shape = seen.shape();
        int axes = shape.size();
        long classes = labels.size();
        if (classes > 1 && axes >= 3 && shape.get(axes - 3) == classes) {
            return PixelValues.SCORES;
        }
        if (classes > 1 && axes == 4 && shape.getLast() == classes) {
            return PixelValues.SCORES_LAST;
        }
        if (axes < 3 && !isPlane(shape)) {
            throw new FoveaException(
                    ErrorCode.DECODER_INVALID,
                    "The output \"%s\" has the shape %s, which is no map of pixels. Is it the right kind of decoder?"
                            .formatted(seen.name(), shape));
        }
        if (!isPlane(shape)) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The output \"%s\" has the shape %s, which is no map of %d labels. Give one label per class, or for a mask one label, or two with the background first."
                            .formatted(seen.name(), shape, classes));
        }
        boolean whole = seen.isWhole() && (seen.integers() || kind == OriginKind.ARGMAX);
        // a mask of 0 and 255, or of truth values
        boolean mask = seen.isWhole() && seen.integers() && (classes == 1 || (classes == 2 && seen.largest() == VOID));
        if (whole && !mask) {
            return PixelValues.CLASSES;
        }
        return switch (kind) {
            case LINEAR -> mask ? PixelValues.PROBABILITY : PixelValues.LOGIT;
            case SOFTMAX, SIGMOID, LOG_SOFTMAX, SCALED, LOSS, DISTANCE, ARGMAX, OTHER ->
                mask || seen.isWithinUnit() ? PixelValues.PROBABILITY : PixelValues.LOGIT;
        };
    }

    /** One number for each pixel: {@code [h,w]}, {@code [1,h,w]}, {@code [1,1,h,w]} or {@code [1,h,w,1]}. */
    private static boolean isPlane(List<Long> shape) {
        return switch (shape.size()) {
            case 2 -> shape.getFirst() > 1;
            case 3 -> shape.getFirst() == 1;
            case 4 -> shape.getFirst() == 1 && (shape.get(1) == 1 || shape.getLast() == 1);
            default -> false;
        };
    }

    private static void requireFit(PixelValues values, ObservedOutput seen, List<String> labels) {
        switch (values) {
            case SCORES, SCORES_LAST -> {}
            case CLASSES -> {
                for (float[] row : seen.rows()) {
                    for (float index : row) {
                        if (index < 0 || (index >= labels.size() && index != VOID)) {
                            throw new FoveaException(
                                    ErrorCode.LABELS_MISMATCH,
                                    "The output \"%s\" gives the class %s, but there are %d labels, counted from 0. Give all labels in the network's order, the background too."
                                            .formatted(seen.name(), index, labels.size()));
                        }
                    }
                }
            }
            case PROBABILITY, LOGIT -> {
                if (labels.size() > 2) {
                    throw new FoveaException(
                            ErrorCode.LABELS_MISMATCH,
                            "The output \"%s\" is a mask of one class, but there are %d labels. Give one label, or two with the background first."
                                    .formatted(seen.name(), labels.size()));
                }
            }
        }
    }

    private static String reason(
            PixelValues values, ObservedOutput seen, List<String> labels, DecoderConfig.SemanticMap requested) {
        String range = String.format(
                Locale.ROOT,
                "shape %s, on %d trial images from %.4g to %.4g",
                seen.shape(),
                seen.rows().size(),
                seen.smallest(),
                seen.largest());
        return switch (values) {
            case SCORES, SCORES_LAST ->
                "the output \"%s\" holds a score for each class and pixel (%s): the largest counts"
                        .formatted(seen.name(), range);
            case CLASSES -> "the output \"%s\" holds the class of each pixel (%s)".formatted(seen.name(), range);
            case PROBABILITY, LOGIT ->
                "the output \"%s\" is a mask of %s (%s): \"%s\" is where the probability is at least %s%s"
                        .formatted(
                                seen.name(),
                                values == PixelValues.LOGIT ? "logits" : "probabilities",
                                range,
                                labels.getLast(),
                                requested.threshold(),
                                labels.size() == 2 ? ", \"%s\" is the rest".formatted(labels.getFirst()) : "");
        };
    }
}
