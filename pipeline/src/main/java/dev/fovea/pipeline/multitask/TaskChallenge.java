package dev.fovea.pipeline.multitask;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.multitask.TaskImages.TaskImage;
import dev.fovea.pipeline.multitask.TaskScores.TaskTest;
import dev.fovea.registry.ModelVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a new version with the one in production, task by task. Images that production learned from, of whatever
 * task, are left out: its accuracy on them is too high.
 */
final class TaskChallenge {

    private final JobTools tools;
    private final MultiTaskCandidate candidate;
    private final MultiTaskListener listener;

    TaskChallenge(JobTools tools, MultiTaskCandidate candidate, MultiTaskListener listener) {
        this.tools = tools;
        this.candidate = candidate;
        this.listener = listener;
    }

    /** Versions that cannot be compared give a sentence and no error. */
    TaskComparison against(ModelVersion production, Map<String, ScoredImages> scored) {
        try {
            return compared(production, scored);
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            return TaskComparison.none(production.number(), e.getMessage());
        }
    }

    private TaskComparison compared(ModelVersion production, Map<String, ScoredImages> scored) {
        Bundle bundle = tools.bundles().bundle(production.bundleId());
        Map<String, List<String>> labels = candidate.images().labels();
        if (!(bundle.manifest().postprocessing() instanceof Postprocessing.MultiTask(List<TaskHead> heads))
                || !heads.stream()
                        .collect(Collectors.toMap(TaskHead::task, TaskHead::labels))
                        .equals(labels)) {
            return TaskComparison.none(
                    production.number(),
                    "it has other tasks or labels: %s."
                            .formatted(String.join(", ", bundle.manifest().labels())));
        }
        Set<String> learned = tools.datasets()
                .find(production.lineage().dataset())
                .map(TaskChallenge::learnedFrom)
                .orElse(Set.of());
        Map<String, TaskTest> fresh = new LinkedHashMap<>();
        for (TaskHead head : heads) {
            List<LabelledImage> images = candidate.tested(head.task()).stream()
                    .filter(image -> !learned.contains(image.item().contentHash()))
                    .map(image ->
                            new LabelledImage(image.file(), candidate.images().index(head.task(), image)))
                    .toList();
            if (images.isEmpty()) {
                return TaskComparison.none(
                        production.number(), "it learned from all test images of %s.".formatted(head.task()));
            }
            fresh.put(head.task(), new TaskTest(head.labels(), images));
        }
        Map<String, ScoredImages> baseline = new TaskScores(tools)
                .of(
                        bundle,
                        fresh,
                        (task, done, of) -> listener.at(
                                "compare",
                                done,
                                of,
                                "%s: %d of %d test images with version %d"
                                        .formatted(task, done, of, production.number())));
        Map<String, Comparison> tasks = new LinkedHashMap<>();
        baseline.forEach((task, own) ->
                tasks.put(task, Comparison.of(own, only(Objects.requireNonNull(scored.get(task)), own))));
        return TaskComparison.of(production.number(), tasks, baseline, (int) candidate.tested().stream()
                .map(TaskImage::item)
                .filter(item -> learned.contains(item.contentHash()))
                .count());
    }

    /** Predictions of the images that others were made of. */
    private static ScoredImages only(ScoredImages scored, ScoredImages others) {
        Set<String> names = others.scored().stream().map(one -> one.image()).collect(Collectors.toSet());
        return new ScoredImages(
                scored.labels(),
                scored.scored().stream()
                        .filter(one -> names.contains(one.image()))
                        .toList(),
                scored.failed());
    }

    private static Set<String> learnedFrom(DatasetVersion dataset) {
        return dataset.items().stream()
                .filter(item -> item.split() == Split.TRAIN || item.split() == Split.VALIDATION)
                .map(DatasetVersion.Item::contentHash)
                .collect(Collectors.toSet());
    }
}
