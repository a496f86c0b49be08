package dev.fovea.serving;

import dev.fovea.imaging.Look;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.ImageRequest;
import dev.fovea.runtime.Prediction;

/** A loaded model before an image. */
record ModelSight(LoadedModel model, ImageRequest image) implements PredictionCache.Sight {

    @Override
    public Prediction predict() {
        return model.predict(image);
    }

    @Override
    public Look look() {
        return model.look(image);
    }
}
