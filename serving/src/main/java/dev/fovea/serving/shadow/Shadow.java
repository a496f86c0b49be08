package dev.fovea.serving.shadow;

import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * A version in shadow: it predicts a share of the images that its model's production version predicted, and no caller
 * gets its predictions.
 *
 * @param version the candidate
 * @param percent share of the requests, above 0 and up to 100
 * @param started when; to the microsecond
 * @param startedBy who
 * @param images where images with different predictions are kept; empty: nowhere
 */
public record Shadow(
        VersionId version, double percent, Instant started, String startedBy, Optional<KeptImages> images) {

    /**
     * What is kept of images whose predictions differ.
     *
     * @param dataset the data set that they come into, as unlabelled images
     * @param max the most images that one shadow keeps
     */
    public record KeptImages(String dataset, int max) {}

    /** The model. */
    public String model() {
        return version.model();
    }
}
