package dev.fovea.serving;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.PredictionResult;
import java.util.Optional;

/**
 * A prediction with who gave it.
 *
 * @param version which model version answered
 * @param prediction what it said; the stages of a cached one took no time, but for what it waited
 * @param nanos from the request's arrival to its answer
 * @param origin how it came about
 */
public record ServedPrediction(VersionId version, Prediction prediction, long nanos, CacheStatus origin)
        implements RoutedPrediction {

    @Override
    public Optional<String> label() {
        return prediction.result() instanceof PredictionResult.OneLabel one
                ? Optional.of(one.classification().best().label())
                : Optional.empty();
    }

    /** Whether no network was run for it. */
    public boolean cached() {
        return !(origin instanceof CacheStatus.Inferred);
    }
}
