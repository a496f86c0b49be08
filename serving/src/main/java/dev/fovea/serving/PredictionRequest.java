package dev.fovea.serving;

import dev.fovea.runtime.ImageRequest;

/**
 * An image for a model.
 *
 * @param cache whether an earlier answer will do
 */
public record PredictionRequest(PredictionTarget target, ImageRequest image, CacheUse cache) {

    /** One for which an earlier answer will do. */
    public PredictionRequest(PredictionTarget target, ImageRequest image) {
        this(target, image, CacheUse.USUAL);
    }
}
