package dev.fovea.pipeline;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.evaluation.LabelledPicture;
import dev.fovea.evaluation.Progress;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the exams of a task.
 *
 * @param original whose answers others are held against
 * @param labelled whether pictures have true labels
 * @param boxes what pictures truly show, where that is known
 */
record Exams(
        Workshop workshop, Bundle original, Gate gate, boolean labelled, Optional<Map<Path, LabelledBoxes>> boxes) {

    /** Objects that a detector must find in held-out images without labels. */
    private static final int MIN_THINGS = 10;

    /** On held-out images; there is none for tensors, which no image becomes. */
    Exam on(List<LabelledPicture> pictures, Progress progress) {
        return of(pictures, MIN_THINGS, progress);
    }

    /** On other images, to choose a candidate by: few objects are better than none. */
    Exam toChoose(List<LabelledPicture> pictures, Progress progress) {
        return of(pictures, 0, progress);
    }

    private Exam of(List<LabelledPicture> pictures, int minThings, Progress progress) {
        ServedResults results = new ServedResults(
                workshop, pictures.stream().map(LabelledPicture::file).toList(), progress);
        return switch (original.manifest().task()) {
            case CLASSIFICATION ->
                new LabelExam(new ServingScores(workshop), pictures, labelled, gate, original, progress);
            case DETECTION, INSTANCE_SEGMENTATION, TEXT_DETECTION -> new DetectionExam(results, boxes, gate, original, minThings);
            case MULTI_LABEL, SEGMENTATION, EMBEDDING -> new LikenessExam(results, gate, original);
            case TENSORS -> throw new IllegalArgumentException("tensors are no pictures");
        };
    }
}
