package dev.fovea.statistics.labelerrors;

import java.util.List;

/**
 * The boxes of one image.
 *
 * @param given as labelled
 * @param predicted by a model that was not trained on the image, low scores included
 */
public record BoxedImage(List<ClassBox> given, List<ScoredBox> predicted) {

    public BoxedImage {
        given = List.copyOf(given);
        predicted = List.copyOf(predicted);
    }
}
