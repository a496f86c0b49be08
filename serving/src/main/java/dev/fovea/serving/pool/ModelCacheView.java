package dev.fovea.serving.pool;

import dev.fovea.imaging.quality.ImageFingerprint;
import dev.fovea.runtime.ImageRequest;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.Prediction;
import dev.fovea.serving.cache.PredictionCache;

/** A loaded model before an image. */
record ModelCacheView(LoadedModel model, ImageRequest image) implements PredictionCache.Sight {

    @Override
    public Prediction predict() {
        return model.predict(image);
    }

    @Override
    public ImageFingerprint look() {
        return model.look(image);
    }
}
