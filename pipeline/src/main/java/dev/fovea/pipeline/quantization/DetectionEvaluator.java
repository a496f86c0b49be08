package dev.fovea.pipeline.quantization;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.evaluation.detection.DetectionComparison;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.AcceptanceResult;
import dev.fovea.quantize.Evidence;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For detectors: average precision where images are annotated, else agreement with the original's detections. Lines of
 * text count as objects of one class, by their bounding boxes.
 */
final class DetectionEvaluator implements CandidateEvaluator {

    private static final List<String> TEXT = List.of("text");

    private final ServedResults results;
    private final Optional<Map<Path, LabelledBoxes>> truths;
    private final AcceptanceCriteria gate;
    private final Bundle original;
    private final int minObjects;
    private Optional<List<List<Detection>>> expected = Optional.empty();

    /**
     * An evaluator.
     *
     * @param truths annotations by image, if any
     * @param minObjects minimum number of objects that the original must find in unlabelled images
     */
    DetectionEvaluator(
            ServedResults results,
            Optional<Map<Path, LabelledBoxes>> truths,
            AcceptanceCriteria gate,
            Bundle original,
            int minObjects) {
        this.results = results;
        this.truths = truths;
        this.gate = gate;
        this.original = original;
        this.minObjects = minObjects;
    }

    @Override
    public AcceptanceResult evaluate(Bundle candidate) {
        List<List<Detection>> baseline = expected.orElseGet(() -> detections(results.ofOriginal(original)));
        expected = Optional.of(baseline);
        List<List<Detection>> found = detections(results.of(candidate));
        List<String> labels = original.manifest().labels().isEmpty()
                ? TEXT
                : original.manifest().labels();
        return truths.map(known -> labelled(shown(known, baseline), shown(known, found), labels))
                .orElseGet(() -> agreement(baseline, found, labels));
    }

    private AcceptanceResult labelled(
            List<ImageDetections> baseline, List<ImageDetections> found, List<String> labels) {
        return gate.labelledDetections(
                DetectionComparison.of(baseline, found, labels),
                DetectionReport.of(baseline, labels),
                DetectionReport.of(found, labels));
    }

    private AcceptanceResult agreement(
            List<List<Detection>> baseline, List<List<Detection>> found, List<String> labels) {
        int objects = baseline.stream().mapToInt(List::size).sum();
        if (objects < minObjects) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The model finds %d objects in %d images, too few to compare. Add images like those in production, with %d objects or more."
                            .formatted(objects, baseline.size(), minObjects));
        }
        if (objects == 0) {
            return new AcceptanceResult(
                    true, 0, "The original finds nothing in these images.", List.of(), Evidence.none(0));
        }
        if (found.stream().allMatch(List::isEmpty)) {
            return new AcceptanceResult(
                    false,
                    100,
                    "The new network finds nothing in any of the %d images.".formatted(found.size()),
                    List.of(),
                    Evidence.none(100));
        }
        return gate.detections(
                DetectionReport.of(pairs(asTruth(baseline), found), labels),
                DetectionReport.of(pairs(asTruth(found), baseline), labels));
    }

    private List<ImageDetections> shown(Map<Path, LabelledBoxes> known, List<List<Detection>> found) {
        List<ImageDetections> shown = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            List<Detection> detections = found.get(i);
            shown.add(Optional.ofNullable(known.get(results.images().get(i)))
                    .map(image -> new ImageDetections(image.boxes(), image.ignored(), detections))
                    .orElseGet(() -> new ImageDetections(List.of(), detections)));
        }
        return shown;
    }

    private static List<List<LabelledBox>> asTruth(List<List<Detection>> found) {
        return found.stream()
                .map(detections -> detections.stream()
                        .map(detection -> new LabelledBox(detection.label(), detection.box()))
                        .toList())
                .toList();
    }

    private static List<ImageDetections> pairs(List<List<LabelledBox>> truths, List<List<Detection>> found) {
        List<ImageDetections> pairs = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            pairs.add(new ImageDetections(truths.get(i), found.get(i)));
        }
        return pairs;
    }

    private static List<List<Detection>> detections(List<Optional<PredictionResult>> results) {
        return results.stream()
                .map(result -> result.map(DetectionEvaluator::detections).orElse(List.of()))
                .toList();
    }

    private static List<Detection> detections(PredictionResult result) {
        return switch (result) {
            case PredictionResult.ObjectResult(Decoded.Detections(List<Detection> detections), var _) -> detections;
            case PredictionResult.ObjectResult(Decoded.TextRegions(List<TextRegion> regions), var _) ->
                regions.stream()
                        .map(region -> new Detection(
                                0, region.confidence(), region.outline().extent(), Optional.empty()))
                        .toList();
            default -> List.of();
        };
    }
}
