package dev.fovea.pipeline.quantization;

import dev.fovea.evaluation.classification.EvaluationProgress;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Predictions of a model of any task on images, through the serving path. */
public final class ServedResults {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final JobTools workshop;
    private final List<Path> images;
    private final EvaluationProgress progress;

    public ServedResults(JobTools workshop, List<Path> images, EvaluationProgress progress) {
        this.workshop = workshop;
        this.images = images;
        this.progress = progress;
    }

    List<Path> images() {
        return images;
    }

    /** The reference predictions of the original, which must succeed for enough images. */
    List<Optional<PredictionResult>> ofOriginal(Bundle bundle) {
        List<Optional<PredictionResult>> results = of(bundle);
        QuantizationImages.requireEnough(
                (int) results.stream().flatMap(Optional::stream).count(), "to test on");
        return results;
    }

    /** In the order of the images; empty where the prediction fails. */
    public List<Optional<PredictionResult>> of(Bundle bundle) {
        try (LoadedModel model = LoadedModel.load(
                workshop.engine(), bundle, RuntimeSettings.forThisMachine(), workshop.workers(), () -> {})) {
            List<Optional<PredictionResult>> results = new ArrayList<>();
            for (Path image : images) {
                results.add(result(model, CandidateModel.read(image)));
                progress.at(results.size(), images.size());
            }
            return results;
        }
    }

    private static Optional<PredictionResult> result(LoadedModel model, byte[] image) {
        try {
            return Optional.of(model.predict(image, Deadline.in(TIMEOUT)).result());
        } catch (FoveaException e) {
            return Optional.empty();
        }
    }
}
