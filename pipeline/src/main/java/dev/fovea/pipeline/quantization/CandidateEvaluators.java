package dev.fovea.pipeline.quantization;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.evaluation.classification.EvaluationProgress;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.model.Bundle;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.quantize.AcceptanceCriteria;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates the evaluator of a task.
 *
 * @param original reference for the comparison
 * @param labelled whether the images have labels
 * @param boxes annotations of the images, if any
 */
record CandidateEvaluators(
        JobTools workshop,
        Bundle original,
        AcceptanceCriteria gate,
        boolean labelled,
        Optional<Map<Path, LabelledBoxes>> boxes) {

    /** Minimum number of objects that a detector must find in unlabelled test images. */
    private static final int MIN_OBJECTS = 10;

    /** Evaluates on test images. Models that take tensors have no evaluator. */
    CandidateEvaluator forTest(List<LabelledImage> images, EvaluationProgress progress) {
        return of(images, MIN_OBJECTS, progress);
    }

    /** Evaluates on validation images, to select a candidate. There is no minimum number of objects. */
    CandidateEvaluator forValidation(List<LabelledImage> images, EvaluationProgress progress) {
        return of(images, 0, progress);
    }

    private CandidateEvaluator of(List<LabelledImage> images, int minObjects, EvaluationProgress progress) {
        ServedResults results = new ServedResults(
                workshop, images.stream().map(LabelledImage::file).toList(), progress);
        return switch (original.manifest().task()) {
            case CLASSIFICATION ->
                new LabelEvaluator(new ServingScores(workshop), images, labelled, gate, original, progress);
            case DETECTION, INSTANCE_SEGMENTATION, TEXT_DETECTION ->
                new DetectionEvaluator(results, boxes, gate, original, minObjects);
            case MULTI_TASK -> new TaskAgreementEvaluator(results, gate, original);
            case MULTI_LABEL, SEGMENTATION, EMBEDDING -> new AgreementEvaluator(results, gate, original);
            case TENSORS -> throw new IllegalArgumentException("tensors are no images");
        };
    }
}
