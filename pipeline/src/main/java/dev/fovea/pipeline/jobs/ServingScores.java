package dev.fovea.pipeline.jobs;

import dev.fovea.evaluation.classification.ClassificationEvaluator;
import dev.fovea.evaluation.classification.EvaluationProgress;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.model.Bundle;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Deadline;
import java.time.Duration;
import java.util.List;

/** Predictions of a classifier on labelled images, through the serving path. */
public final class ServingScores {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final JobTools workshop;

    public ServingScores(JobTools workshop) {
        this.workshop = workshop;
    }

    public ScoredImages of(Bundle bundle, List<LabelledImage> images, EvaluationProgress progress) {
        try (LoadedModel model = LoadedModel.load(
                workshop.engine(), bundle, RuntimeSettings.forThisMachine(), workshop.workers(), () -> {})) {
            int atOnce = 2 * Runtime.getRuntime().availableProcessors();
            return new ClassificationEvaluator(bundle.manifest().labels(), atOnce)
                    .score(images, image -> logits(model, image), progress);
        }
    }

    private static double[] logits(LoadedModel model, byte[] image) {
        float[] logits =
                model.predict(image, Deadline.in(LIMIT)).classification().logits();
        double[] wide = new double[logits.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = logits[i];
        }
        return wide;
    }
}
