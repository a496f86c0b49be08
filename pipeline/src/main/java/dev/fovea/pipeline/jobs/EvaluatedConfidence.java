package dev.fovea.pipeline.jobs;

import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.registry.ModelVersion;
import dev.fovea.statistics.RunningMean;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The confidence of a version on its evaluation images, as metrics: mean, standard deviation and number of images. It
 * is the baseline of its metrics. Imported versions have no such metrics; their evaluation at the import has the
 * confidence of each image.
 */
public final class EvaluatedConfidence {

    static final String MEAN = "mean_confidence";
    static final String DEVIATION = "confidence_deviation";
    static final String IMAGES = "confidence_images";

    private EvaluatedConfidence() {}

    /** The confidences, each from 0 to 1, as metrics; only the mean of fewer than two. */
    public static Map<String, Double> metrics(RunningMean confidences) {
        return confidences.variance().isPresent()
                ? Map.of(
                        MEAN, confidences.mean(),
                        DEVIATION, Math.sqrt(confidences.variance().getAsDouble()),
                        IMAGES, (double) confidences.count())
                : Map.of(MEAN, confidences.mean());
    }

    /**
     * The baseline from the metrics of a version, else from its evaluation at the import. Later evaluations do not
     * count: their images may be harder than those in production.
     */
    public static Optional<RunningMean> of(ModelVersion version, EvaluationStore evaluations) {
        return of(version)
                .or(() -> evaluations.list(version.name(), version.number()).stream()
                        .filter(evaluation -> evaluation.origin() == Evaluation.Origin.IMPORT)
                        .reduce((newer, older) -> older)
                        .map(evaluation -> confidence(evaluations.images(evaluation.id())))
                        .filter(confidence -> confidence.count() >= 2));
    }

    private static RunningMean confidence(List<EvaluatedImage> images) {
        RunningMean confidence = RunningMean.EMPTY;
        for (EvaluatedImage image : images) {
            if (image.result() instanceof ImageResult.Classified(String _, String _, double sure)) {
                confidence = confidence.plus(sure);
            }
        }
        return confidence;
    }

    /** The baseline from the metrics of a version. */
    static Optional<RunningMean> of(ModelVersion version) {
        Optional<Double> mean = version.metric(MEAN);
        Optional<Double> deviation = version.metric(DEVIATION);
        Optional<Double> images = version.metric(IMAGES).filter(count -> count >= 2);
        if (mean.isEmpty() || deviation.isEmpty() || images.isEmpty()) {
            return Optional.empty();
        }
        long count = Math.round(images.get());
        return Optional.of(new RunningMean(count, mean.get(), deviation.get() * deviation.get() * (count - 1)));
    }
}
