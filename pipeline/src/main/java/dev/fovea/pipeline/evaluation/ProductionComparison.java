package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.EvaluationProgress;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.registry.ModelVersion;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a new version with the one in production on the same test images. Training images of the production version,
 * recognized by content hash, are left out: its accuracy on them is too high.
 *
 * @param production number of the version
 * @param comparison production is the baseline; empty where the two cannot be compared
 * @param leftOut number of test images that production learned from
 * @param sentence the result, or the reason why there is none
 * @param scored predictions of production; without images where the two cannot be compared
 * @param temperature that production's confidence is calibrated with
 */
public record ProductionComparison(
        int production,
        Optional<Comparison> comparison,
        int leftOut,
        String sentence,
        ScoredImages scored,
        double temperature) {

    /**
     * Compares; versions that cannot be compared give a sentence and no error.
     *
     * @param images test images, labelled in the order of {@code candidate}'s labels
     * @param hashes content hash of each, by file
     * @param candidate predictions of the new version on them
     * @throws FoveaException {@code CANCELLED}
     */
    public static ProductionComparison of(
            JobTools workshop,
            ModelVersion production,
            List<LabelledImage> images,
            Map<Path, String> hashes,
            ScoredImages candidate,
            EvaluationProgress progress) {
        try {
            return compared(workshop, production, images, hashes, candidate, progress);
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            return none(production, 0, e.getMessage());
        }
    }

    private static ProductionComparison compared(
            JobTools workshop,
            ModelVersion production,
            List<LabelledImage> images,
            Map<Path, String> hashes,
            ScoredImages candidate,
            EvaluationProgress progress) {
        Bundle bundle = workshop.bundles().bundle(production.bundleId());
        List<String> labels = bundle.manifest().labels();
        if (bundle.manifest().task() != Task.CLASSIFICATION
                || !new HashSet<>(labels).equals(new HashSet<>(candidate.labels()))) {
            return none(production, 0, "It has other labels: %s.".formatted(String.join(", ", labels)));
        }
        Optional<DatasetVersion> learned =
                workshop.datasets().find(production.lineage().dataset());
        Set<String> seen = learned.map(ProductionComparison::learnedFrom).orElse(Set.of());
        List<LabelledImage> fresh = images.stream()
                .filter(image -> !seen.contains(hashes.getOrDefault(image.file(), "")))
                .toList();
        int leftOut = images.size() - fresh.size();
        if (fresh.isEmpty()) {
            return none(production, leftOut, "It learned from all %d test images.".formatted(leftOut));
        }
        ScoredImages baseline = new ServingScores(workshop)
                .of(
                        bundle,
                        fresh.stream()
                                .map(image -> new LabelledImage(
                                        image.file(),
                                        labels.indexOf(candidate.labels().get(image.label()))))
                                .toList(),
                        progress);
        Set<String> names = fresh.stream().map(image -> image.file().toString()).collect(Collectors.toSet());
        Comparison comparison = Comparison.of(inOrder(baseline, candidate.labels()), only(candidate, names));
        return new ProductionComparison(
                production.number(),
                Optional.of(comparison),
                leftOut,
                "Against version %d in production: %s%s%s"
                        .formatted(
                                production.number(),
                                comparison.sentence(),
                                leftOut == 0
                                        ? ""
                                        : " %d test images are left out: version %d learned from them."
                                                .formatted(leftOut, production.number()),
                                learned.isEmpty()
                                        ? " The training data of version %d are unknown. If these images are among them, its result is too good."
                                                .formatted(production.number())
                                        : ""),
                inOrder(baseline, candidate.labels()),
                ModelEvaluation.temperature(bundle));
    }

    /** Content hashes of the training and validation images of a model of this data set. */
    static Set<String> learnedFrom(DatasetVersion dataset) {
        return dataset.items().stream()
                .filter(item -> item.split() == Split.TRAIN || item.split() == Split.VALIDATION)
                .map(DatasetVersion.Item::contentHash)
                .collect(Collectors.toSet());
    }

    /** The same predictions with labels and logits in another order of the same labels. */
    static ScoredImages inOrder(ScoredImages scored, List<String> labels) {
        int[] from = labels.stream().mapToInt(scored.labels()::indexOf).toArray();
        return new ScoredImages(
                labels,
                scored.scored().stream()
                        .map(one -> new Scored(
                                labels.indexOf(scored.labels().get(one.truth())),
                                java.util.Arrays.stream(from)
                                        .mapToDouble(k -> one.logits()[k])
                                        .toArray(),
                                one.image()))
                        .toList(),
                scored.failed());
    }

    private static ScoredImages only(ScoredImages scored, Set<String> names) {
        return new ScoredImages(
                scored.labels(),
                scored.scored().stream()
                        .filter(one -> names.contains(one.image()))
                        .toList(),
                scored.failed());
    }

    private static ProductionComparison none(ModelVersion production, int leftOut, String why) {
        return new ProductionComparison(
                production.number(),
                Optional.empty(),
                leftOut,
                "Not compared with version %d in production: %s".formatted(production.number(), why),
                new ScoredImages(List.of("none"), List.of(), List.of()),
                1);
    }
}
