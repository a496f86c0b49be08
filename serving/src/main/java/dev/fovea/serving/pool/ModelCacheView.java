package dev.fovea.serving.pool;

import dev.fovea.imaging.quality.ImageFingerprint;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.Prediction;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.cache.PredictionCache;

/** A loaded model before an image. */
record ModelCacheView(LoadedModel model, PredictionRequest request) implements PredictionCache.PredictionSource {

    @Override
    public Prediction predict() {
        return model.predict(request.image(), request.priority(), request.deadline());
    }

    @Override
    public ImageFingerprint fingerprint() {
        return model.fingerprint(request.image(), request.deadline());
    }
}
