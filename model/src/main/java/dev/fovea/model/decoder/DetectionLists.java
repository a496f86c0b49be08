package dev.fovea.model.decoder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Final detections as parallel outputs, with or without a batch axis: the graph has selected them itself, so nothing is
 * suppressed. Known forms: EfficientNMS ({@code num_dets, det_boxes, det_scores, det_classes}), TensorFlow's detectors
 * ({@code num_detections, detection_boxes, …}), torchvision ({@code boxes, labels, scores}, N of any length), RT-DETR
 * and D-FINE ({@code labels, boxes, scores}) and MMDeploy ({@code dets, labels}).
 *
 * @param tensors the outputs that are read
 * @param form what a box's four numbers are
 * @param unit what they are counted in
 * @param firstClass the class index of the first label, 0 or 1; smaller indices mean "nothing"
 * @param score min score of a detection, 0 to 1
 * @param limit max detections per image, positive
 */
public record DetectionLists(
        @JsonUnwrapped OutputNames tensors, BoxForm form, BoxUnit unit, int firstClass, double score, int limit)
        implements DecoderConfig {

    /**
     * The outputs' names.
     *
     * @param boxes {@code [1,N,4]}, or {@code [1,N,5]} with the scores in the fifth column
     * @param scores {@code [1,N]}; empty when they are in the boxes' fifth column
     * @param classes {@code [1,N]}
     * @param count {@code [1]} or {@code [1,1]}: the count of valid rows of N; empty when all are valid
     */
    public record OutputNames(String boxes, Optional<String> scores, String classes, Optional<String> count) {}

    public DetectionLists {
        requireFirstClass(firstClass);
        DecoderConfig.requireShare("score", score);
        DecoderConfig.requirePositive("limit", limit);
    }

    @Override
    public List<String> outputs() {
        return Stream.of(
                        Stream.of(tensors.boxes()),
                        tensors.scores().stream(),
                        Stream.of(tensors.classes()),
                        tensors.count().stream())
                .flatMap(names -> names)
                .toList();
    }

    /** The same with another unit. */
    public DetectionLists with(BoxUnit other) {
        return new DetectionLists(tensors, form, other, firstClass, score, limit);
    }

    /** The same with another index of the first label. */
    public DetectionLists withFirstClass(int other) {
        return new DetectionLists(tensors, form, unit, other, score, limit);
    }

    DetectionLists withMinScore(double minScore) {
        return new DetectionLists(tensors, form, unit, firstClass, minScore, limit);
    }

    static void requireFirstClass(int firstClass) {
        DecoderConfig.require(
                firstClass == 0 || firstClass == 1, "first-class is %d; it must be 0 or 1".formatted(firstClass));
    }
}
