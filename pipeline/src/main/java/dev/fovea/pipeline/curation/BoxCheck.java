package dev.fovea.pipeline.curation;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.labels.wrong.ConfirmedParts;
import dev.fovea.labels.wrong.ImageBoxes;
import dev.fovea.labels.wrong.NamedBox;
import dev.fovea.labels.wrong.ScoredObject;
import dev.fovea.labels.wrong.WrongBoxReport;
import dev.fovea.labels.wrong.WrongBoxes;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.evaluation.DetectorRun;
import dev.fovea.pipeline.evaluation.LearnedImages;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.decoding.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the boxes of a data set with those of a registered detector: the stated one, else the one in production that
 * learned from the fewest of the images and knows the most classes. Fovea trains no detectors, so that there are no
 * predictions out of fold.
 */
final class BoxCheck {

    /** Lower scores are not worth the time: their boxes suspect nothing that is listed. */
    private static final double MIN_SCORE = 0.05;

    private final JobTools tools;
    private final Datasets datasets;
    private final Dataset dataset;
    private final ConfirmedParts confirmed;

    /**
     * A check.
     *
     * @param confirmed what people found right; it is not suspected again
     */
    BoxCheck(JobTools tools, Datasets datasets, Dataset dataset, ConfirmedParts confirmed) {
        this.tools = tools;
        this.datasets = datasets;
        this.dataset = dataset;
        this.confirmed = confirmed;
    }

    /** Whether a version predicts boxes. */
    static boolean isDetector(ModelVersion version) {
        String task = version.registration().task();
        return task.equals(Task.DETECTION.toString()) || task.equals(Task.INSTANCE_SEGMENTATION.toString());
    }

    /**
     * Compares.
     *
     * @param items labelled and not confirmed
     * @param named the stated detector
     */
    LabelFindings judge(List<DatasetItem> items, Optional<ModelVersion> named, JobProgress progress) {
        if (dataset.task() == ImageTask.SEMANTIC_SEGMENTATION) {
            return new LabelFindings.NotJudged(
                    "Labels were not judged: a mask of a whole class has no box that a detector could be compared with. Objects of instance segmentation are judged.");
        }
        Optional<ModelVersion> detector = named.or(() -> best(items));
        if (detector.isEmpty() || known(detector.get()).isEmpty()) {
            return new LabelFindings.NotJudged(
                    "Boxes were not judged: %s. Import one with \"fovea import\", or name it with --model."
                            .formatted(
                                    detector.isEmpty()
                                            ? "no detector in production knows a class of the data set"
                                            : detector.get().id() + " knows no class of the data set"));
        }
        if (items.isEmpty()) {
            return new LabelFindings.NotJudged("Boxes were not judged: no image has a label that is not confirmed.");
        }
        return new LabelFindings.Boxes(
                compared(items, detector.get(), progress),
                detector.get().id().toString(),
                learned(detector.get(), items));
    }

    private Optional<ModelVersion> best(List<DatasetItem> items) {
        return tools.registry().models().stream()
                .flatMap(model -> model.alias(Alias.PRODUCTION).stream())
                .filter(BoxCheck::isDetector)
                .filter(version -> !known(version).isEmpty())
                .max(Comparator.<ModelVersion>comparingInt(
                                version -> -learned(version, items).orElse(0))
                        .thenComparingInt(version -> known(version).size()));
    }

    private List<String> known(ModelVersion version) {
        return version.labels().stream().filter(dataset.labels()::contains).toList();
    }

    private Optional<Integer> learned(ModelVersion version, List<DatasetItem> items) {
        return LearnedImages.of(version, tools.datasets()).map(hashes -> count(hashes, items));
    }

    private static int count(Set<String> hashes, List<DatasetItem> items) {
        return Math.toIntExact(items.stream()
                .filter(item -> hashes.contains(item.image().hash().toString()))
                .count());
    }

    private WrongBoxReport compared(List<DatasetItem> items, ModelVersion version, JobProgress progress) {
        Bundle bundle = tools.bundles().bundle(version.bundleId());
        List<ImageBoxes> images = new ArrayList<>();
        try (DetectorRun run = DetectorRun.open(tools, bundle, MIN_SCORE)) {
            for (DatasetItem item : items) {
                List<ScoredObject> predicted = new ArrayList<>();
                try {
                    run.detections(datasets.bytes(item.image()))
                            .forEach(one -> predicted.add(object(one, version.labels())));
                } catch (FoveaException e) {
                    if (e.code() == ErrorCode.CANCELLED) {
                        throw e;
                    }
                    continue; // named among the unreadable images
                }
                if (item.label().orElseThrow().content().value() instanceof ObjectLabels given) {
                    images.add(new ImageBoxes(item.image().hash().toString(), given, predicted));
                }
                progress.counting().at("detect", images.size(), items.size());
            }
        }
        return new WrongBoxes(known(version), DetectorRun.decoder(bundle).score(), confirmed).find(images);
    }

    private static ScoredObject object(Detection one, List<String> labels) {
        Box box = one.box();
        return new ScoredObject(
                new NamedBox(labels.get(one.label()), box.x1(), box.y1(), box.width(), box.height()), one.confidence());
    }
}
