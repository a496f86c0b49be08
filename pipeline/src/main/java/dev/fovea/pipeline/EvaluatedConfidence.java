package dev.fovea.pipeline;

import dev.fovea.registry.ModelVersion;
import dev.fovea.statistics.RunningMean;
import java.util.Map;
import java.util.Optional;

/**
 * The confidence of a version on the images of its evaluation, as metrics of the version: mean, standard deviation and
 * number of images. The confidence alarm takes it as its baseline. Versions that were registered before the last two
 * were kept have none.
 */
public final class EvaluatedConfidence {

    static final String MEAN = "mean_confidence";
    static final String DEVIATION = "confidence_deviation";
    static final String IMAGES = "confidence_images";

    private EvaluatedConfidence() {}

    /** The confidences, each from 0 to 1, as metrics; only the mean of fewer than two. */
    static Map<String, Double> metrics(RunningMean confidences) {
        return confidences.variance().isPresent()
                ? Map.of(
                        MEAN, confidences.mean(),
                        DEVIATION, Math.sqrt(confidences.variance().getAsDouble()),
                        IMAGES, (double) confidences.count())
                : Map.of(MEAN, confidences.mean());
    }

    /** What the metrics of a version say. */
    public static Optional<RunningMean> of(ModelVersion version) {
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
