package dev.fovea.serving;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.PredictionResult;
import java.util.Optional;

/**
 * A prediction with the version that served it.
 *
 * @param version the model version that served it
 * @param prediction the result; a cached one has no stage times but its waiting time
 * @param nanos from the request's arrival to its response
 * @param origin its cache status
 */
public record ServedPrediction(VersionId version, Prediction prediction, long nanos, CacheStatus origin)
        implements RoutedPrediction {

    @Override
    public Optional<String> label() {
        return prediction.result() instanceof PredictionResult.LabelResult one
                ? Optional.of(one.classification().best().label())
                : Optional.empty();
    }

    /** Whether no network was run for it. */
    public boolean cached() {
        return !(origin instanceof CacheStatus.Inferred);
    }
}
