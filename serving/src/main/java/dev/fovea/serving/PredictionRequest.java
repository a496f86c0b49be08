package dev.fovea.serving;

import dev.fovea.runtime.PictureRequest;

/**
 * A picture for a model.
 *
 * @param cache whether an earlier answer will do
 */
public record PredictionRequest(Target target, PictureRequest picture, CacheUse cache) {

    /** One for which an earlier answer will do. */
    public PredictionRequest(Target target, PictureRequest picture) {
        this(target, picture, CacheUse.USUAL);
    }
}
