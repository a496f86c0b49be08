package dev.fovea.serving;

import dev.fovea.imaging.Look;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.PictureRequest;
import dev.fovea.runtime.Prediction;

/** A loaded model before a picture. */
record ModelSight(LoadedModel model, PictureRequest picture) implements PredictionCache.Sight {

    @Override
    public Prediction predict() {
        return model.predict(picture);
    }

    @Override
    public Look look() {
        return model.look(picture);
    }
}
