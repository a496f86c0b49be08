package dev.fovea.runtime;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Timings;

/**
 * A model's prediction for an image.
 *
 * @param result of the model
 * @param image the image's header
 * @param timings where the time went
 * @param observed what was measured of the image meanwhile
 */
public record Prediction(PredictionResult result, ImageHeader image, Timings timings, ImageObservation observed) {

    /** What can be kept: it ran nothing for a later request, and is no part of a batch's outputs. */
    public Prediction detached() {
        return new Prediction(result.detached(), image, Timings.NONE, observed);
    }

    /** The same for a request that waited so many nanoseconds while another's was made. */
    public Prediction waited(long nanos) {
        return new Prediction(result, image, Timings.waited(nanos), observed);
    }

    /** The same for another image that looks like this one, of which nothing was observed. */
    public Prediction ofSimilar(ImageHeader other) {
        return new Prediction(result, other, Timings.NONE, ImageObservation.NONE);
    }

    /** A classifier's prediction; {@code IllegalStateException} for a model of another task. */
    public Classification classification() {
        if (result instanceof PredictionResult.LabelResult(Classification classification, var _)) {
            return classification;
        }
        throw new IllegalStateException("the model gives no classification but " + result);
    }
}
