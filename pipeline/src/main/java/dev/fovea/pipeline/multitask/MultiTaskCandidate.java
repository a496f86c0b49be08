package dev.fovea.pipeline.multitask;

import dev.fovea.datasets.Split;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.pipeline.head.MultiTaskHeads.FittedTasks;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.Provenance;
import dev.fovea.pipeline.multitask.TaskImages.TaskImage;
import dev.fovea.pipeline.multitask.TaskScores.TaskTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A network of several tasks that is not registered yet. */
record MultiTaskCandidate(MultiTaskSpec spec, TaskImages images, FittedTasks fitted) {

    private static final int GOLDEN_IMAGES = 3;

    byte[] onnx() {
        return fitted.network().bytes();
    }

    /** Test images of each task. */
    Map<String, TaskTest> tests() {
        Map<String, TaskTest> tests = new LinkedHashMap<>();
        images.labels()
                .forEach((task, labels) -> tests.put(
                        task,
                        new TaskTest(
                                labels,
                                tested(task).stream()
                                        .map(image -> new LabelledImage(image.file(), images.index(task, image)))
                                        .toList())));
        return tests;
    }

    List<TaskImage> tested(String task) {
        return images.of(task, Set.of(Split.TEST));
    }

    /** All test images, whatever labels they have. */
    List<TaskImage> tested() {
        return images.images().values().stream()
                .filter(image -> image.item().split() == Split.TEST)
                .toList();
    }

    /** Test images by their names in the bundle. */
    Map<String, byte[]> goldenImages() {
        List<TaskImage> tested = tested();
        Map<String, byte[]> golden = new TreeMap<>();
        for (int i = 0; i < Math.min(GOLDEN_IMAGES, tested.size()); i++) {
            TaskImage image = tested.get(i * tested.size() / GOLDEN_IMAGES);
            golden.put(
                    image.item().contentHash().substring(0, 16)
                            + image.item().format().extensions().getFirst(),
                    CandidateModel.read(image.file()));
        }
        return golden;
    }

    /**
     * The manifest.
     *
     * @param temperatures by task; 1 where there is none yet
     */
    Manifest manifest(
            Provenance origin,
            List<GoldenVector> golden,
            Map<String, Double> temperatures,
            Optional<String> evaluation) {
        List<TaskHead> heads = new ArrayList<>();
        images.labels()
                .forEach((task, labels) -> heads.add(new TaskHead(
                        task,
                        Objects.requireNonNull(fitted.outputs().get(task)),
                        labels,
                        temperatures.getOrDefault(task, 1.0))));
        Postprocessing.MultiTask postprocessing = new Postprocessing.MultiTask(heads);
        return new Manifest(
                spec.name(),
                postprocessing.labels(),
                Optional.of(fitted.contract()),
                postprocessing,
                evaluation,
                new Lineage(
                        images.version().id(),
                        spec.backbone().name(),
                        described(),
                        origin.codeVersion(),
                        origin.machine(),
                        fitted.seconds()),
                golden,
                new TreeMap<>());
    }

    private Map<String, String> described() {
        Map<String, String> described = new TreeMap<>(spec.described());
        fitted.reports()
                .forEach((task, report) ->
                        report.described().forEach((key, value) -> described.put(task + "." + key, value)));
        return described;
    }
}
