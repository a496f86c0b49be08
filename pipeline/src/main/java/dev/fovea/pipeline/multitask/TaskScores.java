package dev.fovea.pipeline.multitask;

import dev.fovea.evaluation.classification.ClassificationEvaluator;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.Sha256;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.PredictionResult.MultiTaskResult;
import dev.fovea.runtime.decoding.PredictionResult.TaskClassification;
import dev.fovea.runtime.session.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Predictions of a model of several tasks on labelled images, through the serving path. An image that has a label of
 * several tasks is predicted once.
 */
final class TaskScores {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final JobTools tools;

    TaskScores(JobTools tools) {
        this.tools = tools;
    }

    /**
     * Images of a task.
     *
     * @param labels of the task, in the order of its output
     */
    record TaskTest(List<String> labels, List<LabelledImage> images) {}

    /** Hears how far the work has come. */
    interface TaskProgress {
        void at(String task, int done, int of);
    }

    /**
     * The predictions by task.
     *
     * @param bundle of a model that has all the tasks, with the same labels in the same order
     */
    Map<String, ScoredImages> of(Bundle bundle, Map<String, TaskTest> tests, TaskProgress progress) {
        try (LoadedModel model =
                LoadedModel.load(tools.engine(), bundle, RuntimeSettings.forThisMachine(), tools.workers(), () -> {})) {
            int atOnce = 2 * Runtime.getRuntime().availableProcessors();
            Map<String, MultiTaskResult> known = new ConcurrentHashMap<>();
            Map<String, ScoredImages> scored = new LinkedHashMap<>();
            tests.forEach((task, test) -> scored.put(
                    task,
                    new ClassificationEvaluator(test.labels(), atOnce)
                            .score(
                                    test.images(),
                                    image -> logits(task, once(model, image, known)),
                                    (done, of) -> progress.at(task, done, of))));
            return scored;
        }
    }

    private static MultiTaskResult once(LoadedModel model, byte[] image, Map<String, MultiTaskResult> known) {
        String hash = Sha256.of(image);
        MultiTaskResult before = known.get(hash);
        if (before != null) {
            return before;
        }
        MultiTaskResult result = result(model, image);
        known.put(hash, result);
        return result;
    }

    private static MultiTaskResult result(LoadedModel model, byte[] image) {
        PredictionResult result = model.predict(image, Deadline.in(LIMIT)).result();
        if (result instanceof MultiTaskResult tasks) {
            return tasks;
        }
        throw new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "%s is no model of several tasks."
                        .formatted(model.bundle().manifest().name()));
    }

    private static double[] logits(String task, MultiTaskResult result) {
        float[] logits = result.tasks().stream()
                .filter(each -> each.task().equals(task))
                .findFirst()
                .map(TaskClassification::classification)
                .orElseThrow()
                .logits();
        double[] wide = new double[logits.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = logits[i];
        }
        return wide;
    }
}
