package dev.fovea.runtime;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Result;

/**
 * A model's answer to an image.
 *
 * @param result what it says
 * @param image what was answered about
 * @param timings where the time went
 */
public record Prediction(Result result, ImageHeader image, Timings timings) {

    /** The answer of a classifier; {@code IllegalStateException} for a model of another task. */
    public Classification classification() {
        if (result instanceof Result.OneLabel(Classification classification)) {
            return classification;
        }
        throw new IllegalStateException("the model gives no classification but " + result);
    }
}
