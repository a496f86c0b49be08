package dev.fovea.statistics.learning;

import dev.fovea.statistics.Require;

/**
 * Predictions of classifiers that learned from equally many images, each for images that it did not learn from.
 *
 * @param images from each class on average, positive
 * @param predictions {@code [R][N]}: of R classifiers for the same N images, in [0, K)
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record LearnedSize(double images, int[][] predictions) {

    public LearnedSize {
        Require.that(images > 0, "%s images of each class; the number must be positive.", images);
        Require.that(predictions.length > 0, "No predictions; a size needs those of one classifier at least.");
    }
}
