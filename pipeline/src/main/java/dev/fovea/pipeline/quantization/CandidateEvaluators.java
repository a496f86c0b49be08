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
 * Makes the exams of a task.
 *
 * @param original whose answers others are held against
 * @param labelled whether images have true labels
 * @param boxes what images truly show, where that is known
 */
record CandidateEvaluators(
        JobTools workshop,
        Bundle original,
        AcceptanceCriteria gate,
        boolean labelled,
        Optional<Map<Path, LabelledBoxes>> boxes) {

    /** Objects that a detector must find in held-out images without labels. */
    private static final int MIN_THINGS = 10;

    /** On held-out images; there is none for tensors, which no image becomes. */
    CandidateEvaluator on(List<LabelledImage> images, EvaluationProgress progress) {
        return of(images, MIN_THINGS, progress);
    }

    /** On other images, to choose a candidate by: few objects are better than none. */
    CandidateEvaluator toChoose(List<LabelledImage> images, EvaluationProgress progress) {
        return of(images, 0, progress);
    }

    private CandidateEvaluator of(List<LabelledImage> images, int minThings, EvaluationProgress progress) {
        ServedResults results = new ServedResults(
                workshop, images.stream().map(LabelledImage::file).toList(), progress);
        return switch (original.manifest().task()) {
            case CLASSIFICATION ->
                new LabelEvaluator(new ServingScores(workshop), images, labelled, gate, original, progress);
            case DETECTION, INSTANCE_SEGMENTATION, TEXT_DETECTION ->
                new DetectionEvaluator(results, boxes, gate, original, minThings);
            case MULTI_LABEL, SEGMENTATION, EMBEDDING -> new AgreementEvaluator(results, gate, original);
            case TENSORS -> throw new IllegalArgumentException("tensors are no images");
        };
    }
}
